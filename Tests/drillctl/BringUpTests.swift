import Foundation
import Testing

/// What a bring-up leaves when it cannot go on.
@Suite struct BringUpTests {
    @Test("Without the tools, `up` names the command that brings them, and leaves nothing")
    func noTools() async throws {
        let program = try Program()
        defer { program.remove() }
        let ended = try await program.run(["up"])
        #expect(ended.exit == 2 && ended.out.isEmpty)
        try expectGolden(ended.err, "error-up-no-tools")
        #expect(try await program.run(["list"]).out == "no sandbox exists\n")
    }

    @Test("A supervisor that fails says why to whoever started it")
    func supervisor() async throws {
        let program = try Program()
        defer { program.remove() }
        let ended = try await program.run(["supervise"])
        #expect(ended.exit == 2)
        #expect(ended.out.contains(#"{"failed":"#) || ended.out.contains(#""failed""#))
        #expect(ended.err.contains("make setup"))
    }
}
