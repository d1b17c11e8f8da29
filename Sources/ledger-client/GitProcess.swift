import Foundation

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A run of `git` to its end, or killed with all its children at the deadline.
struct GitProcess {
    /// How it ended.
    struct Ending {
        /// Its exit status; nil when it was killed at the deadline or by a signal.
        var exit: Int32?
        /// Everything that it said, on both streams.
        var output: String
        /// The last of it, for a person.
        var words: String {
            let lines = output.split(whereSeparator: \.isNewline).suffix(4).joined(separator: " | ")
            return (exit.map { "exit \($0): " } ?? "ended at the deadline: ") + lines
        }
    }

    var folder: String
    var environment: [String: String]

    /// Runs `git` with these arguments; nil when it could not be started.
    func run(_ arguments: [String], by deadline: Deadline) -> Ending? {
        guard deadline.left > 0 else { return nil }
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return nil }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        let child = spawn(["git", "-C", folder] + arguments, output: ends[1])
        close(ends[1])
        defer { close(ends[0]) }
        guard let child else { return nil }
        let (output, ended) = Self.drain(ends[0], by: deadline)
        // Its group goes whichever way it ended: git leaves helpers.
        kill(-child, SIGKILL)
        var status: Int32 = 0
        var taken = waitpid(child, &status, 0)
        while taken < 0, errno == EINTR { taken = waitpid(child, &status, 0) }
        return Ending(
            exit: ended && taken == child && status & 0x7f == 0 ? (status >> 8) & 0xff : nil, output: output)
    }

    /// Reads until everyone who could write has gone, which is how the program's end is seen.
    private static func drain(_ descriptor: Int32, by deadline: Deadline) -> (String, ended: Bool) {
        var output: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while deadline.wait(for: descriptor, Int32(POLLIN)) {
            let count = read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            if count <= 0 { return (String(decoding: output, as: UTF8.self), true) }
            if output.count < 1 << 20 { output += buffer.prefix(count) }
        }
        return (String(decoding: output, as: UTF8.self), false)
    }

    /// Starts it as the leader of a process group, with default signals, which the writer's threads block.
    private func spawn(_ command: [String], output: Int32) -> pid_t? {
        #if canImport(Darwin)
            var actions: posix_spawn_file_actions_t?
            var attributes: posix_spawnattr_t?
        #else
            var actions = posix_spawn_file_actions_t()
            var attributes = posix_spawnattr_t()
        #endif
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output, 1)
        posix_spawn_file_actions_adddup2(&actions, output, 2)
        var none = sigset_t()
        sigemptyset(&none)
        var defaults = none
        sigaddset(&defaults, SIGPIPE)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &defaults)
        posix_spawnattr_setpgroup(&attributes, 0)
        let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
        posix_spawnattr_setflags(&attributes, Int16(flags))
        var words = command.map { strdup($0) } + [nil]
        var values = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in words + values { free(text) } }
        var child: pid_t = 0
        return posix_spawn(&child, "/usr/bin/git", &actions, &attributes, &words, &values) == 0 ? child : nil
    }
}
