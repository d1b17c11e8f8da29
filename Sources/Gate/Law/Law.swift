import Runbooks
import Yams

/// What the gate decides by, all of one revision.
public struct Law: Sendable {
    /// Where the rules are.
    public static let rulesFile = ".gate/rules.yml"
    /// Where the policy is.
    public static let policyFile = ".gate/policy.yml"
    /// The folder of the keys that are trusted.
    public static let keysFolder = ".gate/keys"
    /// Where the map is.
    public static let mapFile = "RECOVERY_MAP.md"

    let rules: Rules
    let policy: Policy
    let map: RecoveryMap
    /// By profile.
    let standIns: [String: StandIns]

    /// Reads the law from the texts of its files.
    ///
    /// - `read`: gives the text of a path; throws where there is none.
    /// - Throws: ``GateError`` naming the file that cannot be read, and why.
    public init(reading read: (String) throws(GateError) -> String) throws(GateError) {
        rules = try Law.decode(Law.rulesFile, read)
        policy = try Law.decode(Law.policyFile, read)
        let text = try read(Law.mapFile)
        do throws(RunbookError) {
            map = try RecoveryMap(text: text, name: Law.mapFile)
        } catch {
            throw GateError("the map cannot be read: \(error.description); mend it on the base")
        }
        var standIns: [String: StandIns] = [:]
        for profile in Set(map.rows.map(\.profile)) {
            standIns[profile] = try Law.decode("Fixtures/\(profile)/parity.yml", read)
        }
        self.standIns = standIns
    }

    private static func decode<File: Decodable>(
        _ path: String, _ read: (String) throws(GateError) -> String
    ) throws(GateError) -> File {
        let text = try read(path)
        do {
            return try YAMLDecoder().decode(File.self, from: text)
        } catch {
            throw GateError("\(path) cannot be read: \(error)")
        }
    }
}
