import Boundary

/// Sees from a node's own API, asked by the harness and not by the machine's agent, that it is sealed.
func confirmSealed(_ machines: [String], in lab: Lab) async throws -> Confirmation {
    try await confirmSurvey("\(machines.joined(separator: ", ")) answer sealed", in: lab) { survey in
        machines.allSatisfy { survey.sealed.contains($0) }
    }
}

/// Sees that a node answers nobody any more while its peers agree on another leader.
func confirmHung(_ machine: String, in lab: Lab) async throws -> Confirmation {
    try await confirmSurvey("\(machine) is silent and another node leads", in: lab) { $0.lacks(machine) }
}

/// From where Vault is looked at.
let vaultVantage = "each node's own API, /v1/sys/seal-status, asked from outside the machines"

/// Surveys until `seen`.
func confirmSurvey(
    _ what: String, in lab: Lab, within deadline: Duration = .seconds(90),
    seen: @escaping @Sendable (Survey) -> Bool
) async throws -> Confirmation {
    let vault = lab.vault
    let survey = try await eventually(what, within: deadline, every: .guestPace) {
        let survey = await vault.survey()
        guard seen(survey) else { throw NotYet(survey.description) }
        return survey
    }
    return Confirmation(vantage: vaultVantage, seen: survey.description)
}
