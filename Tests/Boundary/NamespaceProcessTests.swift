import Boundary
import Foundation
import Testing

@Suite("A process in a namespace") struct NamespaceProcessTests {
    @Test func isGoneWhenKillReturns() async throws {
        try await withNamespace { namespace, folder in
            let process = try await namespace.start(
                ["sh", "-c", "echo up; sleep 5432 & exec sleep 5432"], log: folder + "/sleep.log")
            try await eventually("the log to say up", within: .seconds(30)) {
                try String(contentsOfFile: folder + "/sleep.log", encoding: .utf8) == "up\n" ? true : nil
            }
            #expect(process.exit == nil)
            await process.kill()
            #expect(process.exit == 128 + SIGKILL)
            let left = try await namespace.run(["pgrep", "-f", "^sleep 5432"], deadline: .seconds(30))
            #expect(left.text == "")
        }
    }

    @Test func terminatesOnRequest() async throws {
        try await withNamespace { namespace, folder in
            let process = try await namespace.start(
                ["sh", "-c", "trap 'exit 7' TERM; echo up; while :; do sleep 0.05; done"],
                log: folder + "/trap.log")
            try await eventually("the log to say up", within: .seconds(30)) {
                try String(contentsOfFile: folder + "/trap.log", encoding: .utf8) == "up\n" ? true : nil
            }
            await process.terminate(grace: .seconds(30))
            #expect(process.exit == 7)
        }
    }

    /// What brought it in stops with it, and must go on to reap it.
    @Test("is gone when it was stopped before", arguments: [true, false])
    func isGoneAfterItWasFrozen(_ isKilled: Bool) async throws {
        let process = try await withNamespace { namespace, folder in
            let process = try await namespace.start(["sleep", "7654"], log: folder + "/sleep.log")
            let program = try await eventually("sleep to start", within: .seconds(30)) {
                process.commandProcessID
            }
            process.freeze()
            // `t`: under strace, as in `make wall-trace`.
            try await eventually("both to stop", within: .seconds(30)) {
                try [program, process.processID].allSatisfy {
                    try String(contentsOfFile: "/proc/\($0)/stat", encoding: .utf8).contains(#/\) [Tt] /#)
                } ? true : nil
            }
            if isKilled { await process.kill() }
            return process
        }
        let exit = try await eventually("its end to be seen", within: .seconds(30)) { process.exit }
        #expect(exit == 128 + SIGKILL)
    }

    @Test func diesWithItsNamespace() async throws {
        let process = try await withNamespace { namespace, folder in
            let process = try await namespace.start(["sleep", "6543"], log: folder + "/sleep.log")
            try await eventually("sleep to start", within: .seconds(30)) { process.commandProcessID }
            return process
        }
        #expect(await process.waitForExit() == 128 + SIGKILL)
    }
}
