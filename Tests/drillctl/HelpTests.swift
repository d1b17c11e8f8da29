import Testing

/// Help texts teach; they are kept word for word.
@Suite struct HelpTests {
    @Test(
        "Help",
        arguments: [
            [], ["up"], ["restore"], ["ssh"], ["shell"], ["down"], ["release"], ["list"], ["reap"],
            ["doctor"],
            ["checkpoint"], ["cache"], ["cache", "list"], ["cache", "prune"], ["cache", "verify"],
            ["runbook", "check"], ["map"], ["map", "check"], ["map", "stale"], ["map", "update"], ["gate"],
            ["verdicts"], ["verify"], ["secrets"], ["trace"], ["head"], ["key", "new"], ["report"],
            ["history"],
            ["recheck"],
            ["bench"],
            ["explain"], ["break"], ["gameday"],
        ])
    func help(of command: [String]) async throws {
        let program = try Program()
        defer { program.remove() }
        let ended = try await program.run(command + ["--help"])
        #expect(ended.exit == 0)
        #expect(ended.err.isEmpty)
        try expectGolden(ended.out, (["help"] + command).joined(separator: "-"))
        if command != ["cache"], command != ["map"] {
            #expect(ended.out.contains("Example") || command.isEmpty, "each help has an example")
        }
    }
}
