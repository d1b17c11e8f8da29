import Boundary
import Foundation

/// The secrets of one sandbox, made with its checkpoint and never the operator's own.
///
/// On disk they lie 0600 under 0700. Here they are read for the simulated operator, who types them, for the
/// redactor, which must know them, and for the clients of the ledger.
public struct Safe: Sendable {
    /// The Shamir shares, in the order in which Vault gave them out.
    public let shares: [String]
    /// Vault's root token: only injectors and the profile use it.
    public let rootToken: String
    /// What the human at the keyboard holds: enough for what the runbook does.
    public let operatorToken: String
    /// What the ledger's writer holds: the drill's own secrets and nothing else.
    public let writerToken: String
    /// What the services know each other by, by its name in the safe: passwords, and the app's way into Vault.
    private let between: [String: String]

    /// Reads the safe of a sandbox.
    ///
    /// - Throws: ``DrillError`` when a secret is empty, `BoundaryError` when it is missing or no file.
    public init(folder: String) throws {
        struct Initialised: Decodable {
            let shares: [String]
            let rootToken: String

            enum CodingKeys: String, CodingKey {
                case shares
                case rootToken = "root_token"
            }
        }
        func text(_ name: String) throws -> String {
            // The plays wrote it, and could have left a link.
            let text = try SharedPath("\(folder)/\(name)").text()
                .trimmingCharacters(in: .whitespacesAndNewlines)
            guard !text.isEmpty else {
                throw DrillError(
                    "the safe's \(name) is empty", lastSeen: "looked in \(folder)",
                    next: "the plays put it there: `drillctl cache prune --all` makes the lab anew")
            }
            return text
        }
        let initialised = try JSONDecoder().decode(Initialised.self, from: Data(text("shares.json").utf8))
        shares = initialised.shares
        rootToken = initialised.rootToken
        operatorToken = try text("operator_token")
        writerToken = try text("writer_token")
        let passwords = (try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/passwords")) ?? []
        var between = [
            "canary-secret-id": try text("canary_secret_id"), "offsite-token": try text("offsite_token"),
        ]
        for name in passwords { between["\(name)-password"] = try text("passwords/\(name)") }
        self.between = between
    }

    /// Every secret by the name under which the human's table and the transcript know it.
    public var secrets: [String: String] {
        var all = between
        all["root-token"] = rootToken
        all["operator-token"] = operatorToken
        all["writer-token"] = writerToken
        for (index, share) in shares.enumerated() { all["share-\(index + 1)"] = share }
        return all
    }
}
