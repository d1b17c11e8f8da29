import Boundary
import DrillKit
import Foundation

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Puts another program in this one's place, so that the terminal is wholly his.
enum Exec {
    /// Turns this process into `command`, with a made environment and no descriptor but 0–2.
    ///
    /// - Throws: ``DrillError`` when the program cannot be started; else it does not return.
    static func become(_ command: [String]) throws -> Never {
        closeDescriptorsAtExec()
        let environment = CleanEnvironment.values().map { "\($0.key)=\($0.value)" }
        withArgumentVector(command) { arguments in
            withArgumentVector(environment) { variables in
                _ = execve(command[0], arguments, variables)
            }
        }
        throw DrillError(
            "\(command[0]) could not be started", lastSeen: String(cString: strerror(errno)),
            next: "run `drillctl doctor`")
    }

    /// No descriptor of ours but 0–2 is for another program.
    static func closeDescriptorsAtExec() {
        let open = (try? FileManager.default.contentsOfDirectory(atPath: "/dev/fd")) ?? []
        for descriptor in open.compactMap({ Int32($0) }) where descriptor > 2 {
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        }
    }
}
