/// A part of prod that a sandbox stands in for with another, or does without.
public struct Substitution: Codable, Sendable, Equatable {
    /// The part of prod, such as `Vault`.
    public var component: String
    /// What stands in for it, such as `OpenBao 2.7.2`; null where there is nothing at all.
    public var standIn: String?
    /// Why it is not the real thing.
    public var reason: String
    /// What the stand-in cannot show, one matter each.
    public var cannotShow: [String]

    /// Declares a substitution, or with no `standIn` an absence.
    public init(component: String, standIn: String?, reason: String, cannotShow: [String] = []) {
        self.component = component
        self.standIn = standIn
        self.reason = reason
        self.cannotShow = cannotShow
    }
}
