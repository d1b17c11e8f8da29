import DrillKit
import Foundation

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// This program again, in a session of its own, so that neither a closed terminal nor Ctrl-C ends it.
///
/// swift-subprocess ends what it starts with its caller, which is right everywhere but here.
struct DetachedProcess {
    /// Its pid, which is also its session's.
    let pid: Int32
    /// What it writes to its standard output; end of file when it has ended or closed it.
    let output: FileHandle

    /// Starts `drillctl ARGUMENTS` with no standard input and its standard error in a log of its own.
    static func start(_ arguments: [String], log: String) throws -> DetachedProcess {
        guard let program = Bundle.main.executablePath else {
            throw DrillError("this program cannot find itself", next: "call it by its absolute path")
        }
        let pipe = Pipe()
        let writer = pipe.fileHandleForWriting.fileDescriptor
        #if canImport(Glibc)
            var actions = posix_spawn_file_actions_t()
            var attributes = posix_spawnattr_t()
        #else
            var actions: posix_spawn_file_actions_t?
            var attributes: posix_spawnattr_t?
        #endif
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, writer, 1)
        posix_spawn_file_actions_addopen(&actions, 2, log, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND, 0o600)
        // Our own threads block signals and ignore some; the new process is to hear them all.
        var none = sigset_t()
        var heard = sigset_t()
        sigemptyset(&none)
        sigemptyset(&heard)
        sigaddset(&heard, SIGINT)
        sigaddset(&heard, SIGTERM)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &heard)
        #if canImport(Glibc)
            let newSession: Int16 = 0x80  // POSIX_SPAWN_SETSID, which glibc shows to GNU sources only
            let flags = newSession | Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF)
        #else
            let flags = Int16(
                POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF)
        #endif
        posix_spawnattr_setflags(&attributes, flags)
        Exec.closeDescriptorsAtExec()
        var pid: pid_t = 0
        let code = withArgumentVector([program] + arguments) {
            posix_spawn(&pid, program, &actions, &attributes, $0, environ)
        }
        try pipe.fileHandleForWriting.close()
        guard code == 0 else {
            throw DrillError(
                "\(program) could not be started again", lastSeen: String(cString: strerror(code)))
        }
        return DetachedProcess(pid: pid, output: pipe.fileHandleForReading)
    }

    /// Its standard output, line by line, until its end; to be read once.
    var lines: AsyncStream<String> {
        let (lines, line) = AsyncStream<String>.makeStream()
        // A thread of its own: a blocking read must not hold one of the cooperative pool.
        Thread.detachNewThread { [output] in
            if let file = fdopen(dup(output.fileDescriptor), "r") {
                while let text = Self.readLine(from: file) { line.yield(text) }
                fclose(file)
            }
            line.finish()
        }
        return lines
    }

    private static func readLine(from file: UnsafeMutablePointer<FILE>) -> String? {
        var buffer: UnsafeMutablePointer<CChar>?
        var capacity = 0
        defer { free(buffer) }
        guard getline(&buffer, &capacity, file) >= 0, let buffer else { return nil }
        return String(cString: buffer).trimmingCharacters(in: .newlines)
    }
}

/// Calls `body` with the words as C has them.
func withArgumentVector<Result>(
    _ words: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Result
) -> Result {
    var vector: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
    defer { for word in vector { free(word) } }
    vector.append(nil)
    return vector.withUnsafeMutableBufferPointer { buffer in
        // The array holds at least the terminating null pointer.
        guard let start = buffer.baseAddress else { preconditionFailure("an argument vector is never empty") }
        return body(start)
    }
}
