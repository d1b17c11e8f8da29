public import Ledger

/// One real thing going wrong.
///
/// Nothing undoes it: the section recovers from it, and the sandbox is thrown away with whatever is left of it.
///
/// An injector's exit status confirms nothing: ``confirm(in:)`` looks from another vantage than
/// ``inject(into:)`` used. Adding a fault is one file here and one case in a suite.
public protocol Fault: Sendable {
    /// What goes wrong, in a word or two, as verdicts record it.
    var kind: String { get }
    /// What it hits: a machine, or several.
    var target: String { get }

    /// From where it is seen, other than from where it is made.
    var vantage: String { get }

    /// How many seconds of acknowledged writes each store may lose to it, because it destroys their only copy and
    /// backups alone are left; most faults concede nothing.
    func concessions(in lab: Lab) -> [StoreKind: Double]

    /// The stores that go on without what it breaks: each must take a write before anybody lays hands on a machine.
    var survivors: Set<StoreKind> { get }

    /// The stores that go on by themselves: each must take a write before the section is begun.
    var bystanders: Set<StoreKind> { get }

    /// Sets up what must hold before it goes wrong, however long that takes.
    ///
    /// Only what comes after counts as outage and recovery, and what may be lost is counted back from there. Most faults
    /// need nothing.
    func prepare(_ lab: Lab) async throws

    /// Makes it go wrong.
    func inject(into lab: Lab) async throws

    /// Sees that it did, from elsewhere.
    ///
    /// - Throws: when it is not seen within the fault's own deadline; the drill is then unproven.
    func confirm(in lab: Lab) async throws -> Confirmation
}

extension Fault {
    /// Nothing may be lost.
    public func concessions(in lab: Lab) -> [StoreKind: Double] { [:] }

    /// Nothing is promised.
    public var survivors: Set<StoreKind> { [] }

    /// Nothing is promised.
    public var bystanders: Set<StoreKind> { [] }

    /// Nothing is needed.
    public func prepare(_ lab: Lab) async throws {}
}

/// A fault as another vantage saw it.
public struct Confirmation: Sendable, Equatable {
    /// From where it was seen.
    public let vantage: String
    /// What was seen there.
    public let seen: String

    /// Makes a confirmation; see the properties.
    public init(vantage: String, seen: String) {
        self.vantage = vantage
        self.seen = seen
    }
}

/// A fault that is switched off: what it would confirm is looked for, but nothing is injected.
///
/// The control of every confirmation: a drill of it must come out unproven.
public struct SwitchedOff: Fault {
    private let fault: any Fault

    /// Switches a fault off.
    public init(_ fault: any Fault) { self.fault = fault }

    /// The kind of the fault that is switched off.
    public var kind: String { fault.kind }
    /// The target of the fault that is switched off.
    public var target: String { fault.target }

    /// The vantage of the fault that is switched off.
    public var vantage: String { fault.vantage }

    /// Does nothing.
    public func inject(into lab: Lab) {}

    /// Looks for the fault all the same.
    public func confirm(in lab: Lab) async throws -> Confirmation { try await fault.confirm(in: lab) }
}
