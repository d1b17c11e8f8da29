import Runbooks

/// What the gate takes: `.gate/policy.yml`.
public struct Policy: Sendable, Decodable {
    /// A stand-in that counts for a class all the same, by a person's decision and for a time.
    struct Grant: Sendable, Decodable {
        enum CodingKeys: String, CodingKey, CaseIterable {
            case component, standIn, classes, reason, owner, expires
        }

        /// The part of prod.
        let component: String
        /// How the name of what stands in for it begins; nil where nothing does.
        let standIn: String?
        /// The classes that it counts for.
        let classes: [ChangeClass]
        /// Why.
        let reason: String
        /// Who answers for it.
        let owner: String
        /// The last day on which it holds.
        let expires: Day

        init(from decoder: any Decoder) throws {
            try StrictKeys.check(decoder, CodingKeys.self)
            let fields = try decoder.container(keyedBy: CodingKeys.self)
            component = try fields.decode(String.self, forKey: .component)
            standIn = try fields.decodeIfPresent(String.self, forKey: .standIn)
            classes = try fields.decode([ChangeClass].self, forKey: .classes)
            reason = try fields.decode(String.self, forKey: .reason)
            owner = try fields.decode(String.self, forKey: .owner)
            expires = try fields.decode(Day.self, forKey: .expires)
            for (key, text) in [(CodingKeys.reason, reason), (.owner, owner)]
            where text.allSatisfy(\.isWhitespace) {
                throw DecodingError.dataCorruptedError(
                    forKey: key, in: fields, debugDescription: "a grant needs a reason and an owner")
            }
        }
    }

    private enum CodingKeys: String, CodingKey, CaseIterable { case maxAgeDays, grants }

    /// How old a verdict may be, in days.
    let maxAgeDays: Int
    let grants: [Grant]

    /// Reads the policy.
    public init(from decoder: any Decoder) throws {
        try StrictKeys.check(decoder, CodingKeys.self)
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        maxAgeDays = try fields.decode(Int.self, forKey: .maxAgeDays)
        grants = try fields.decodeIfPresent([Grant].self, forKey: .grants) ?? []
        guard (1...366).contains(maxAgeDays) else {
            throw DecodingError.dataCorruptedError(
                forKey: .maxAgeDays, in: fields, debugDescription: "maxAgeDays is from 1 to 366")
        }
    }
}
