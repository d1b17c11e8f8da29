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
        #if canImport(Glibc)
            close_range(3, UInt32.max, Int32(CLOSE_RANGE_CLOEXEC))
        #else
            for descriptor in 3..<getdtablesize() { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
        #endif
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
}
