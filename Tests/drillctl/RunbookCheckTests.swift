import Foundation
import Testing

/// `drillctl runbook check` on a runbook with every mistake that it knows, in a checkout made for it.
@Suite struct RunbookCheckTests {
    static let good = """
        # Recovery

        ## Vault is sealed

        1. [AGENT] See which nodes are sealed; exits 2 while sealed.

           ```sh
           vault status -address=https://<first-node>:8200
           ```

        2. [HUMAN] Unseal each sealed node.

           ```sh
           vault operator unseal -address=https://pi1:8200
           ```

        """

    static let bad = """

        ## The node is gone

        - [AGENT] Look at it.

          ```sh
          ssh 192.168.1.202 uptime
          ping -c 1 <lost-node>
          ```

        - [HUMAN] Insert a blank machine.

        ## The database is dropped

        ```sh
        psql -c 'select 1'

        """

    static let map = """
        | profile | section | drill | cases | change classes | recovery budget | loss budget | section SHA256 \
        | last verdict | date | recovery |
        |---|---|---|---|---|---|---|---|---|---|---|
        | lab | Vault is sealed | VaultSeal | seal | vault | 10 min | 0 writes | | | | |

        """

    static let human = """
        - item: "[HUMAN] Unseal each sealed node."
          minutes: 2
          answers:
            - prompt: "Unseal Key (will be hidden):"
              type: [share-1, share-2, share-3]
        """

    /// A program in a checkout of its own with this runbook at `runbook.md`.
    private func program(runbook: String) throws -> Program {
        var program = try Program()
        let checkout = "\(program.scratch)/checkout"
        let lab = "\(checkout)/Fixtures/lab"
        try FileManager.default.createDirectory(
            atPath: "\(lab)/inventory/sandbox", withIntermediateDirectories: true)
        for (path, text) in [
            "\(lab)/inventory/sandbox/hosts.yml": "all: {}\n", "\(lab)/human.yml": Self.human,
            "\(checkout)/RECOVERY_MAP.md": Self.map, "\(checkout)/runbook.md": runbook,
        ] {
            try text.write(toFile: path, atomically: true, encoding: .utf8)
        }
        program.folder = checkout
        return program
    }

    @Test("Every section drillable: 0")
    func drillable() async throws {
        let program = try program(runbook: Self.good)
        defer { program.remove() }
        let ended = try await program.run(["runbook", "check", "runbook.md"])
        #expect(ended.exit == 0 && ended.err.isEmpty)
        try expectGolden(ended.out, "runbook-check-good")
    }

    @Test("Each mistake is named by its line: 1")
    func findings() async throws {
        let program = try program(runbook: Self.good + Self.bad)
        defer { program.remove() }
        let ended = try await program.run(["runbook", "check", "runbook.md"])
        #expect(ended.exit == 1 && ended.err.isEmpty)
        try expectGolden(ended.out, "runbook-check-bad")
    }

    @Test("A map that cannot be read is no finding: 2")
    func noMap() async throws {
        let program = try program(runbook: Self.good)
        defer { program.remove() }
        let ended = try await program.run(["runbook", "check", "runbook.md", "--map", "none.md"])
        #expect(ended.exit == 2 && ended.out.isEmpty)
        try expectGolden(ended.err, "runbook-check-no-map")
    }
}
