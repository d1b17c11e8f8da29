import Runbooks

/// What stands in for what in a profile, as far as the gate asks: its `parity.yml`.
public struct StandIns: Sendable, Decodable {
    /// One part of prod.
    struct Component: Sendable, Decodable {
        let component: String
        /// `same`, `substitution` or `absence`.
        let kind: String
        /// The change classes for which a stand-in of it does not count by itself.
        let changeClasses: [ChangeClass]?
        /// The kinds of fault, as patterns, that whatever stands in for it cannot represent.
        let cannotRepresent: [String]?
    }

    let components: [Component]

    /// The part of this name; nil where nobody declared it.
    func component(_ name: String) -> Component? { components.first { $0.component == name } }
}
