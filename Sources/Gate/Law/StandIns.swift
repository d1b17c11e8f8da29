import Runbooks

/// What stands in for what in a profile, as far as the gate asks: its `parity.yml`.
public struct StandIns: Sendable, Decodable {
    /// One part of prod.
    struct Component: Sendable, Decodable {
        /// How the counterpart stands to prod's part.
        enum Kind: String, Decodable { case same, substitution, absence }

        let component: String
        let kind: Kind
        /// The change classes for which a stand-in of it does not count by itself.
        let changeClasses: Set<ChangeClass>
        /// The kinds of fault, as patterns, that whatever stands in for it cannot represent.
        let cannotRepresent: [String]

        /// All that a part may have; the gate reads some of it.
        private enum CodingKeys: String, CodingKey, CaseIterable {
            case component, prod, kind, here, reason, cannotShow, changeClasses, cannotRepresent
        }

        init(from decoder: any Decoder) throws {
            try StrictKeys.check(decoder, CodingKeys.self)
            let part = try decoder.container(keyedBy: CodingKeys.self)
            component = try part.decode(String.self, forKey: .component)
            kind = try part.decode(Kind.self, forKey: .kind)
            changeClasses = try part.decodeIfPresent(Set<ChangeClass>.self, forKey: .changeClasses) ?? []
            cannotRepresent = try part.decodeIfPresent([String].self, forKey: .cannotRepresent) ?? []
        }
    }

    let components: [Component]

    private enum CodingKeys: String, CodingKey, CaseIterable { case components }

    /// Reads the manifest.
    ///
    /// - Throws: `DecodingError`, also for a key that nobody reads: a misspelt one would let a stand-in count.
    public init(from decoder: any Decoder) throws {
        try StrictKeys.check(decoder, CodingKeys.self)
        components = try decoder.container(keyedBy: CodingKeys.self).decode(
            [Component].self, forKey: .components)
    }

    /// The part of this name; nil where nobody declared it.
    func component(_ name: String) -> Component? { components.first { $0.component == name } }
}
