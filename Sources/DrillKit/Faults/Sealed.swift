import Boundary

/// Sees from a node's own API, asked by the harness and not by the machine's agent, that it is sealed.
func confirmSealed(_ machines: [String], in lab: Lab) async throws -> Confirmation {
    let vault = lab.vault
    let survey = try await eventually(
        "\(machines.joined(separator: ", ")) answer sealed", within: .seconds(90), every: .milliseconds(100)
    ) {
        let survey = await vault.survey()
        guard machines.allSatisfy({ survey.sealed.contains($0) }) else { throw NotYet(survey.description) }
        return survey
    }
    return Confirmation(
        vantage: "each node's own API, /v1/sys/seal-status, asked from outside the machines",
        seen: survey.description)
}
