import Boundary
import Foundation
import Runbooks
import Testing

@testable import Operator

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The shell behind the real wall: the sandbox's network, the operator's private root and pid namespace.
@Suite struct OperatorRootTests {
    private static func inRoot<Value: Sendable>(
        _ body: (ShellLaunch, Namespace) async throws -> Value
    ) async throws -> Value {
        try await Following.inFolder { folder in
            try FileManager.default.createDirectory(
                atPath: folder + "/home", withIntermediateDirectories: false,
                attributes: [.posixPermissions: 0o700])
            let namespace = try await Namespace.open(
                NamespaceLayout(id: "s-shell", statusFolder: folder + "/status"))
            let launch = try ShellLaunch(
                in: namespace, root: OperatorRoot(home: folder + "/home"), folder: folder + "/steps")
            do {
                let value = try await body(launch, namespace)
                await namespace.close()
                return value
            } catch {
                await namespace.close()
                throw error
            }
        }
    }

    private func follow(_ markdown: String, human: SimulatedHuman? = nil, deadline: Duration = .seconds(20))
        async throws -> SectionOutcome
    {
        let section = try #require(Runbook(text: markdown, name: "CLUSTER_RECOVERY.md").sections.first)
        let player = try human ?? SimulatedHuman(table: .empty, secrets: [:])
        return try await Self.inRoot { launch, _ in
            try await OperatorShell.with(launch) { shell in
                await SectionFollower.follow(
                    section, in: shell, human: player, bindings: [:], stepDeadline: deadline)
            }
        }
    }

    @Test func operatorIsHimselfAndAlone() async throws {
        let outcome = try await follow(
            runbook(
                "id -u; pwd; echo ~; { ls /root /sandbox /work 2>&1 || true; } | wc -l; echo x >~/kept",
                "cat ~/kept"))
        #expect(outcome.message == nil)
        #expect(outcome.steps.map(\.stdout) == ["1000\n/home/operator\n/home/operator\n3\n", "x\n"])
    }

    @Test func descriptorsOfTheHarnessAreNotThere() async throws {
        let outcome = try await follow(
            runbook("ls /proc/self/fd | tr '\\n' ' '; sh -c 'ls /proc/$$/fd' | tr '\\n' ' '"))
        // 3 is ls reading the folder itself.
        #expect(outcome.steps.first?.stdout == "0 1 2 3 0 1 2 ")
    }

    @Test func aStepThatTheKernelKeepsFromProdNamesTheWallsRule() async throws {
        let outcome = try await follow(runbook("exec 3<>/dev/tcp/192.168.1.201/22"))
        #expect(outcome.message?.contains("Network is unreachable") == true, "\(outcome)")
        #expect(
            outcome.message?.hasSuffix(
                "that is how the wall's rule no-route looks from inside (docs/isolation-boundary.md)") == true
        )
    }

    @Test func leftBehindProcessIsNamed() async throws {
        let outcome = try await follow(runbook("setsid sleep 1000 &\necho b", "true"))
        #expect(outcome.steps.count == 1)
        #expect(outcome.message?.contains("sleep 1000`") == true)
    }

    @Test func humanAnswersAtATerminal() async throws {
        let entry = HumanTable.Entry(
            item: "[HUMAN] Unseal.", minutes: 1, errand: nil,
            prompts: [.init(text: "Key:", secretNames: ["share-1"], line: 1)], line: 1)
        let human = try SimulatedHuman(
            table: HumanTable(name: "human.yml", entries: [entry]), secrets: ["share-1": "abc"])
        let outcome = try await follow(
            runbook("[ -t 0 ]; read -rsp 'Key: ' k; echo ${#k}", item: "[HUMAN] Unseal."), human: human)
        #expect(outcome.message == nil)
        #expect(outcome.steps.first?.stdout == "Key: 3\n")
    }

    @Test func deadlineEndsEverything() async throws {
        let outcome = try await follow(runbook("echo a; setsid sleep 4242"), deadline: .milliseconds(700))
        #expect(outcome.steps.first?.stdout == "a\n")
        #expect(outcome.message?.contains("did not end within 0.7 s and was killed") == true)
        try await eventually("the operator's processes are gone", within: .seconds(30)) {
            Self.processes(with: "sleep\u{0}4242").isEmpty ? true : nil
        }
    }

    @Test func killingTheHostsProcessEndsEverything() async throws {
        try await Self.inRoot { launch, _ in
            let ended = try await OperatorShell.with(launch) { shell in
                async let result = shell.run(
                    ShellStep(file: "R.md", firstLine: 1, lastLine: 1, script: "echo a; setsid sleep 4343"),
                    deadline: .seconds(20))
                try await eventually("the step runs", within: .seconds(30)) {
                    Self.processes(with: "sleep\u{0}4343").isEmpty ? nil : true
                }
                kill(shell.processID, SIGKILL)
                return try await result
            }
            #expect(ended.end == .shellEnded)
            #expect(ended.stdout.text == "a\n")
            try await eventually("the operator's processes are gone", within: .seconds(30)) {
                Self.processes(with: "sleep\u{0}4343").isEmpty ? true : nil
            }
        }
    }

    @Test func closingTheNamespaceEndsTheStep() async throws {
        try await Self.inRoot { launch, namespace in
            let ended = try await OperatorShell.with(launch) { shell in
                async let result = shell.run(
                    ShellStep(file: "R.md", firstLine: 1, lastLine: 1, script: "echo a; sleep 4444"),
                    deadline: .seconds(20))
                try await eventually("the step runs", within: .seconds(30)) {
                    Self.processes(with: "sleep\u{0}4444").isEmpty ? nil : true
                }
                await namespace.close()
                return try await result
            }
            #expect(ended.end == .shellEnded)
        }
    }

    @Test func stepsCostLittle() async throws {
        try await Self.inRoot { launch, _ in
            let clock = ContinuousClock()
            let start = clock.now
            let (begun, costs) = try await OperatorShell.with(launch) { shell in
                let begun = clock.now - start
                var costs: [Double] = []
                for _ in 0..<20 {
                    let step = ShellStep(file: "R.md", firstLine: 100, lastLine: 100, script: "true")
                    costs.append(try await shell.run(step, deadline: .seconds(30)).seconds)
                }
                return (begun, costs.sorted())
            }
            print("operator's shell: start \(begun), step median \(costs[10]) s, worst \(costs[19]) s")
            // Beside the shell's own start, in the same minute on the same host: a busy one slows both.
            #expect(.seconds(costs[10]) < begun)
        }
    }

    private static func processes(with text: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []).filter { name in
            Int(name) != nil && ((try? SharedPath("/proc/\(name)/cmdline").text())?.contains(text) ?? false)
        }
    }
}
