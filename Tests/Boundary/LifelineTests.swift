import Boundary
import Foundation
import Testing

@Suite("The lifeline") struct LifelineTests {
    @Test func endsEverythingWhenTheHarnessIsKilled() async throws {
        let folder = "/tmp/lifeline-\(getpid())-\(UInt32.random(in: 0..<0xffff))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        await #expect(processExitsWith: .signal(SIGKILL)) { [folder = folder as String] in
            let namespace = try await Namespace.open(
                NamespaceLayout(
                    id: "s-victim", startup: "(setsid sleep 7654 &)", statusFolder: folder))
            let process = try await namespace.start(["sleep", "7654"], log: folder + "/log")
            let program = try await eventually("sleep to start", within: .seconds(30)) {
                process.commandProcessID
            }
            try "\(namespace.processID) \(process.processID) \(program)".write(
                toFile: folder + "/pids", atomically: true, encoding: .utf8)
            kill(getpid(), SIGKILL)
        }
        let pids = try String(contentsOfFile: folder + "/pids", encoding: .utf8).split(separator: " ")
        #expect(pids.count == 3)
        try await eventually("processes \(pids) to be gone", within: .seconds(1), every: .milliseconds(10)) {
            let left = pids.filter { isRunning($0) }
            if left.isEmpty { return true }
            throw WaitingFor(left: left.map(String.init))
        }
    }

    @Test func closesInACancelledTask() async throws {
        let folder = "/tmp/lifeline-\(getpid())-\(UInt32.random(in: 0..<0xffff))"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let namespace = try await Namespace.open(NamespaceLayout(id: "s-test", statusFolder: folder))
        let test = Task {
            await #expect(throws: CancellationError.self) {
                try await namespace.run(["sleep", "60"], deadline: .seconds(30))
            }
            await namespace.close()
        }
        test.cancel()
        await test.value
        #expect(!namespace.isOpen)
        #expect(!FileManager.default.fileExists(atPath: "/proc/\(namespace.processID)"))
    }

    @Test func refusesCommandsAfterItsEnd() async throws {
        let namespace = try await withNamespace { namespace, _ in namespace }
        await #expect(throws: BoundaryError.self) {
            try await namespace.run(["true"], deadline: .seconds(30))
        }
    }
}

/// What a wait last saw, so that its error names the processes that are left.
private struct WaitingFor: Error {
    var left: [String]
}

/// A zombie does not count: it holds nothing but its number, until the host's first process takes notice.
private func isRunning(_ processID: Substring) -> Bool {
    let status = try? String(contentsOfFile: "/proc/\(processID)/status", encoding: .utf8)
    return status.map { !$0.contains("State:\tZ") } ?? false
}
