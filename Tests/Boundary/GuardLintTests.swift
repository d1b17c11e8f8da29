import Boundary
import Foundation
import Testing

/// What `make lint` says of plays without the guard, or with one that does not hold.
@Suite("The lint of the plays' guard") struct GuardLintTests {
    static let guarded =
        "- { name: A, hosts: all, gather_facts: false, pre_tasks: [{ import_tasks: tasks/guard.yml, tags: always }] }"
    static let guardTask = "- { name: Abort, refuse_prod: }"

    private func lint(_ play: String, guardTask: String? = guardTask) async throws -> CommandResult {
        let folder = "/tmp/guard-lint-\(getpid())-\(UInt32.random(in: 0...UInt32.max))"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.createDirectory(
            atPath: folder + "/tasks", withIntermediateDirectories: true)
        try play.write(toFile: folder + "/a.yml", atomically: true, encoding: .utf8)
        try guardTask?.write(toFile: folder + "/tasks/guard.yml", atomically: true, encoding: .utf8)
        let script = URL(filePath: Playing.lab).appending(path: "../../Scripts/guarded-plays.py").path
        return try await HostCommand.run(["/usr/bin/python3", script, folder], deadline: .seconds(60))
    }

    @Test(arguments: [
        guarded, guarded + "\n- import_playbook: b.yml",
        guarded.replacing("[{ import", with: "[{ name: Guard, import"),
        guarded.replacing("always }]", with: "always }, { debug: }]"),
    ]) func passes(_ plays: String) async throws {
        let result = try await lint(plays)
        #expect(result.succeeded, "\(result.errorText)")
    }

    @Test(arguments: [
        ("- { name: A, hosts: all, gather_facts: false, tasks: [] }", "play `A` its first pre-task must be"),
        (guarded + "\n- { name: B, hosts: all, gather_facts: false }", "play `B` its first pre-task must be"),
        (guarded.replacing("[{ import", with: "[{ debug: }, { import"), "its first pre-task must be"),
        (guarded.replacing(", tags: always", with: ""), "its first pre-task must be"),
        (guarded.replacing("tags: always", with: "tags: always, when: false"), "its first pre-task must be"),
        (
            guarded.replacing("tags: always", with: "tags: always, ignore_errors: true"),
            "its first pre-task must be"
        ),
        (guarded.replacing("gather_facts: false, ", with: ""), "must say `gather_facts: false`"),
        (
            guarded.replacing("gather_facts: false", with: "gather_facts: true"),
            "must say `gather_facts: false`"
        ),
        (
            guarded.replacing("hosts: all", with: "hosts: all, ignore_errors: true"),
            "may not say `ignore_errors`"
        ),
        (guarded.replacing("hosts: all", with: "hosts: all, strategy: free"), "may not say `strategy`"),
        ("- { debug: { msg: x } }", "entry 1 is no play and imports none"),
    ]) func fails(_ plays: String, _ words: String) async throws {
        let result = try await lint(plays)
        #expect(result.exit == 1)
        #expect(
            result.errorText.contains("a.yml: ") && result.errorText.contains(words), "\(result.errorText)")
    }

    @Test(arguments: [
        nil, "[]", "- { debug: }", "- { refuse_prod: , when: false }",
        "- { refuse_prod: , ignore_errors: true }",
        "- { refuse_prod: }\n- { debug: }",
    ]) func failsWithAGuardThatIsNone(_ task: String?) async throws {
        let result = try await lint(Self.guarded, guardTask: task)
        #expect(result.exit == 1)
        #expect(result.errorText.contains("guard.yml: the guard must be one task"), "\(result.errorText)")
    }
}
