import Testing

@testable import Runbooks

/// What an author is told, word for word.
@Suite struct CheckTests {
    static let runbook = """
        # Cluster recovery

        Call nobody.

        ## Vault is sealed

        Applications answer 500.

        ### Which nodes

        - [AGENT] Ask each. It exits 2 while sealed.

          ```sh
          vault status -address=https://pi1:8200
          ```

        ### Unseal

        - [HUMAN] Type **three** of the five shares.

          ```sh
          ssh <node> vault operator unseal
          ```

        ## A node is dead

        - [AGENT] See it in [the router](http://192.168.1.1).

          ```sh
          ping -c 1 <router>
          ping -c 1 192.168.1.203
          ```

        - [HUMAN] Press its power button.
        - [HUMAN] Press its power button.
        - [HUMAN] Look at https://192.168.1.201:8200/ui.
        - [AGENT] Look again.

        ## Storage is corrupt

        ### Repair

        ```sh
        repair <volume>
        ```

        ## Whom to call

        Nobody.

        ## The power is back

        ```sh
        date

        ## Lost

        ```sh
        date
        ```

        """

    static let map =
        MapTests.header
        + "| lab | Vault is sealed | VaultSeal | a; b | vault | 10 min | 0 writes | | | | |\n"
        + "| lab | A node is dead | NodeKill | a | recovery | 10 min | 0 writes | | | | |\n"
        + "| lab | Whom to call | Call | a | recovery | 10 min | 0 writes | | | | |\n"
        + "| lab | The database is gone | DatabaseDrop | a | postgres | 10 min | 5 s | | | | |\n"

    private func address(_ text: String) -> String? {
        text.contains("192.168.1.20") ? "names 192.168.1.20x, which is prod" : nil
    }

    @Test func theWholeReport() throws {
        let findings = RunbookCheck.findings(
            runbook: try Runbook(text: Self.runbook, name: "CLUSTER_RECOVERY.md"),
            map: try RecoveryMap(text: Self.map, name: "RECOVERY_MAP.md").rows(profile: "lab"),
            bindings: ["node"], playedItems: ["[HUMAN] Type three of the   five shares."],
            addressCheck: address)
        #expect(
            RunbookReport.text(findings) == """
                CLUSTER_RECOVERY.md:5   Vault is sealed       drillable (VaultSeal, 2 steps)
                CLUSTER_RECOVERY.md:25  A node is dead        not drillable
                    CLUSTER_RECOVERY.md:30  placeholder <router> is not bound to a value of the sandbox; if a redirection is meant, put a space before >
                    CLUSTER_RECOVERY.md:31  names 192.168.1.20x, which is prod
                    CLUSTER_RECOVERY.md:34  nobody plays "[HUMAN] Press its power button."; add it to the operator's table
                    CLUSTER_RECOVERY.md:35  nobody plays "[HUMAN] Press its power button."; add it to the operator's table
                    CLUSTER_RECOVERY.md:36  names 192.168.1.20x, which is prod
                    CLUSTER_RECOVERY.md:36  nobody plays "[HUMAN] Look at https://192.168.1.201:8200/ui."; add it to the operator's table
                    CLUSTER_RECOVERY.md:37  the [AGENT] item has no shell block with a command, so nothing would be done; give it a ```sh block, or mark it [HUMAN]
                CLUSTER_RECOVERY.md:41  Repair                not drillable
                    CLUSTER_RECOVERY.md:41  no drill plays this section; give it a row in RECOVERY_MAP.md
                    CLUSTER_RECOVERY.md:44  placeholder <volume> is not bound to a value of the sandbox; if a redirection is meant, put a space before >
                CLUSTER_RECOVERY.md:47  Whom to call          not drillable
                    CLUSTER_RECOVERY.md:47  there is no step to follow; give it a shell block or an item
                CLUSTER_RECOVERY.md:51  The power is back     not drillable
                    CLUSTER_RECOVERY.md:51  no drill plays this section; give it a row in RECOVERY_MAP.md
                    CLUSTER_RECOVERY.md:53  the block opened by ```sh is not closed before another opens at line 58; close it with ```, or fence it with more marks
                RECOVERY_MAP.md:6       The database is gone  not drillable
                    RECOVERY_MAP.md:6  CLUSTER_RECOVERY.md has no section "The database is gone"; mend the title here or there
                6 sections, 1 drillable

                """)
    }

    @Test func withoutAMapDrillsAreLeftOut() throws {
        let runbook = try Runbook(text: "# A\n\n```sh\na\n```\n\n## B\n\n```sh\nb <c>\n```\n", name: "R.md")
        let findings = RunbookCheck.findings(
            runbook: runbook, map: nil, bindings: [], playedItems: [], addressCheck: { _ in nil })
        #expect(
            RunbookReport.text(findings) == """
                R.md:1  A  drillable (1 step)
                R.md:7  B  not drillable
                    R.md:10  placeholder <c> is not bound to a value of the sandbox; if a redirection is meant, put a space before >
                2 sections, 1 drillable

                """)
    }

    @Test func aRunbookWithoutSectionsIsNotClean() throws {
        let runbook = try Runbook(text: "text\n\n```sh\na\n", name: "R.md")
        let findings = RunbookCheck.findings(
            runbook: runbook, map: [], bindings: [], playedItems: [], addressCheck: { _ in nil })
        #expect(findings.map(\.isDrillable) == [false])
        #expect(findings[0].reasons.map(\.line) == [1, 3, 4])
    }

    @Test func twoSectionsOfOneTitleCannotBeDrilled() throws {
        let runbook = try Runbook(text: "# A\n\n```sh\na\n```\n\n# A\n\n```sh\nb\n```\n", name: "R.md")
        let row = Self.map.replacing("Vault is sealed", with: "A")
        let findings = RunbookCheck.findings(
            runbook: runbook, map: [try RecoveryMap(text: row, name: "M.md").rows[0]], bindings: [],
            playedItems: [], addressCheck: { _ in nil })
        #expect(
            findings.flatMap(\.reasons).map(\.description) == [
                "R.md:1: line 7 has the same title, so no drill can tell them apart; rename one",
                "R.md:7: line 1 has the same title, so no drill can tell them apart; rename one",
            ])
    }
}
