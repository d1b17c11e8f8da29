import Boundary
import Foundation
import Testing

/// A fresh namespace in a folder of its own, closed and removed in every outcome.
func withNamespace<Value>(
    _ startup: String = "ip link set lo up", hosts: [String: String] = [:], mounts: [Mount] = [],
    prod: ProdAddresses = .lab, _ body: (Namespace, String) async throws -> Value
) async throws -> Value {
    let folder = "/tmp/boundary-\(getpid())-\(UInt32.random(in: 0..<0xffff))"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let namespace = try await Namespace.open(
        NamespaceLayout(
            id: "s-test", mounts: mounts, hosts: hosts, startup: startup, statusFolder: folder,
            prod: prod))
    let result: Result<Value, any Error>
    do { result = .success(try await body(namespace, folder)) } catch { result = .failure(error) }
    await namespace.close()
    return try result.get()
}

@Suite("A namespace") struct NamespaceTests {
    @Test func runsACommandAndGivesItsExitAsAResult() async throws {
        try await withNamespace { namespace, _ in
            let result = try await namespace.run(
                ["sh", "-c", "cat; echo $WORD >&2; exit 3"], environment: ["WORD": "seal"],
                input: Array("quorum".utf8), deadline: .seconds(30))
            #expect(result.exit == 3)
            #expect(result.text == "quorum")
            #expect(result.errorText == "seal\n")
        }
    }

    @Test func givesOnlyTheMadeEnvironment() async throws {
        try await withNamespace { namespace, _ in
            let result = try await namespace.run(["env"], deadline: .seconds(30))
            let names = result.text.split(separator: "\n").map { String($0.prefix { $0 != "=" }) }
            #expect(names.sorted() == CleanEnvironment.base.keys.sorted())
        }
    }

    @Test func neverLosesTheEndOfTheOutput() async throws {
        try await withNamespace { namespace, _ in
            for _ in 0..<20 {
                let result = try await namespace.run(
                    ["sh", "-c", "sleep 60 & seq 1 20000"], deadline: .seconds(30))
                #expect(result.text.hasSuffix("\n20000\n"))
            }
        }
    }

    @Test func keepsTheFirstBytesOfACommandThatPrintsTooMuch() async throws {
        try await withNamespace { namespace, _ in
            let result = try await namespace.run(
                ["head", "-c", "100000000", "/dev/zero"], deadline: .seconds(20), outputLimit: 1000)
            #expect(result.stdout.count == 1000)
            #expect(result.truncated)
            #expect(result.exit == 0)
        }
    }

    @Test func stopsACommandAtItsDeadlineWithItsChildrenAndKeepsWhatItSaid() async throws {
        try await withNamespace { namespace, _ in
            let error = await #expect(throws: BoundaryError.self) {
                try await namespace.run(
                    ["sh", "-c", "echo begun; sleep 4321 & sleep 4321"], deadline: .seconds(1))
            }
            guard case .deadline(_, _, let partial) = error else {
                Issue.record("not a deadline: \(String(describing: error))")
                return
            }
            #expect(partial.text == "begun\n")
            // Killed is killed, but a process of a busy host dies when it is its turn.
            try await eventually("neither sleeps any more", within: .seconds(30)) {
                let left = try await namespace.run(["pgrep", "-f", "^sleep 4321"], deadline: .seconds(30))
                let states = try await namespace.run(["ps", "-e", "-o", "stat="], deadline: .seconds(30))
                return left.text.isEmpty && !states.text.contains("Z") ? true : nil
            }
        }
    }

    @Test func saysWhatItsStartupScriptLastSaid() async throws {
        let error = await #expect(throws: BoundaryError.self) {
            try await withNamespace("echo no such bridge >&2; exit 4") { _, _ in }
        }
        #expect("\(try #require(error))".hasSuffix("last said: no such bridge"))
    }

    @Test func leavesNothingWhenItsStartupScriptHangs() async throws {
        let folder = "/tmp/boundary-\(getpid())-hung"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let layout = NamespaceLayout(
            id: "s-hung", startup: "echo linking >&2; sleep 9876", statusFolder: folder)
        let error = await #expect(throws: BoundaryError.self) {
            try await Namespace.open(layout, deadline: .seconds(2))
        }
        #expect("\(try #require(error))".hasSuffix("last said: linking"))
        let left = try await HostCommand.run(["pgrep", "-f", "^sleep 9876"], deadline: .seconds(30))
        #expect(left.text == "")
    }

    /// Root inside is the host's root by number where that runs the harness, and so is the operator: to the kernel's settings
    /// that is enough.
    @Test func nobodyInsideWritesTheKernelsSettings() async throws {
        let tries = """
            [ -r /proc/sys/kernel/core_pattern ] || echo unreadable
            [ ! -w /proc/sys/kernel/core_pattern ] || echo written
            ! umount -l /proc || echo uncovered
            ! mount -o remount,bind,rw /proc || echo remounted
            ! mount -t proc proc /tmp || echo mounted
            ! unshare --user --map-root-user --mount --pid --fork mount -t proc proc /tmp || echo nested
            """
        try await withNamespace { namespace, folder in
            let home = folder + "/home"
            try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: false)
            let asRoot = try await namespace.run(["sh", "-c", tries], deadline: .seconds(30))
            #expect(asRoot.text == "")
            let asOperator = try await HostCommand.run(
                namespace.operatorCommand(OperatorRoot(home: home), ["sh", "-c", tries]),
                deadline: .seconds(30))
            #expect(asOperator.text == "")
        }
    }

    @Test func knowsItsHostsAndAsksNoResolver() async throws {
        try await withNamespace(hosts: ["pi1": "10.77.0.1"]) { namespace, _ in
            let known = try await namespace.run(["getent", "hosts", "pi1"], deadline: .seconds(30))
            #expect(known.text.contains("10.77.0.1"))
            let unknown = try await namespace.run(["getent", "hosts", "example.com"], deadline: .seconds(30))
            #expect(unknown.exit == 2)
        }
    }
}
