/// The simulated operator: a table of what he does, and the secrets that he holds.
public struct SimulatedHuman: Sendable {
    /// What he plays.
    public let table: HumanTable
    private let secrets: [String: String]
    private let slip: @Sendable (_ secretName: String, _ value: String) -> String

    /// Gives the table its secrets.
    ///
    /// - Parameters:
    ///   - secrets: The safe's secrets by the names that the table uses.
    ///   - slip: What he types in place of a secret, for a test of what a wrong one does.
    /// - Throws: `OperatorError` where the table names a secret that the safe does not hold.
    public init(
        table: HumanTable, secrets: [String: String],
        slip: @escaping @Sendable (_ secretName: String, _ value: String) -> String = { $1 }
    ) throws(OperatorError) {
        for prompt in table.entries.flatMap(\.prompts) {
            for name in prompt.secretNames where secrets[name] == nil {
                let held = secrets.keys.sorted().joined(separator: ", ")
                throw OperatorError(
                    "\(table.name):\(prompt.line): the safe holds no `\(name)`; it holds \(held)")
            }
            // A line end would type a second line, a control character might end the program.
            for name in prompt.secretNames where secrets[name]?.contains(where: \.isControl) == true {
                throw OperatorError(
                    "\(table.name):\(prompt.line): `\(name)` of the safe is not one plain line")
            }
        }
        self.table = table
        self.secrets = secrets
        self.slip = slip
    }

    /// His turn at the terminal for one item.
    func turn(for entry: HumanTable.Entry) -> HumanTurn {
        HumanTurn(prompts: entry.prompts) { name in slip(name, secrets[name] ?? "") }
    }
}

extension Character {
    fileprivate var isControl: Bool {
        unicodeScalars.contains { $0.properties.generalCategory == .control }
    }
}

extension String {
    /// Without the characters at both ends that fulfil the condition.
    func trimming(while condition: (Character) -> Bool) -> String {
        String(drop(while: condition).reversed().drop(while: condition).reversed())
    }
}
