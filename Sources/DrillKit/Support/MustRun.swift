import Machines

extension Machine {
    /// Runs a command that must succeed, as root and by the machine's agent, and gives what it printed.
    ///
    /// - Parameter failing: what has then failed, for the error.
    /// - Throws: ``DrillError`` with what the command said, when its status is not 0.
    @discardableResult
    func mustRun(
        _ command: [String], input: String? = nil, deadline: Duration = .seconds(20), failing: String
    ) async throws -> String {
        let ended = try await run(command, input: input, deadline: deadline)
        guard ended.exit == 0 else { throw DrillError("\(name): \(failing)", lastSeen: ended.stderr) }
        return ended.stdout
    }
}
