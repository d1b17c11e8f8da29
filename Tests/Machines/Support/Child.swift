import Foundation

/// A real process that a test starts and ends.
final class Child: @unchecked Sendable {
    private let process = Process()
    private let output = Pipe()
    private let ended: AsyncStream<Void>

    init(_ command: [String]) throws {
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = command
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        let (ended, ending) = AsyncStream.makeStream(of: Void.self)
        self.ended = ended
        process.terminationHandler = { _ in ending.finish() }
        try process.run()
    }

    var pid: Int32 { process.processIdentifier }

    /// The next line that the process writes: how it says that it is ready.
    func line() async -> String {
        let handle = output.fileHandleForReading
        return await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                var line: [UInt8] = []
                while let byte = try? handle.read(upToCount: 1)?.first, byte != 0x0A { line.append(byte) }
                continuation.resume(returning: String(decoding: line, as: UTF8.self))
            }
        }
    }

    /// Kills it as a crash would, and waits until it is gone.
    func kill() async {
        Foundation.kill(pid, SIGKILL)
        for await _ in ended {}
    }

    deinit { if process.isRunning { Foundation.kill(pid, SIGKILL) } }
}
