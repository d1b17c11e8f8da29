public import Ledger

/// A fault that meets something which is wrong already, and which nobody has noticed.
///
/// Whatever it does not define comes from the fault behind it.
public protocol CompoundFault: Fault {
    /// The fault that meets it.
    var fault: any Fault { get }
    /// What is wrong already, in words that follow the fault's kind.
    var condition: String { get }

    /// Makes so what is wrong already, and lets the clients write under it for a while.
    func makeSo(in lab: Lab) async throws
}

extension CompoundFault {
    /// The fault's kind, and what is wrong beside it.
    public var kind: String { "\(fault.kind), \(condition)" }
    /// The fault's target.
    public var target: String { fault.target }
    /// The fault's vantage.
    public var vantage: String { fault.vantage }
    /// What the fault concedes.
    public func concessions(in lab: Lab) -> [StoreKind: Double] { fault.concessions(in: lab) }
    /// What goes on without what the fault breaks.
    public var survivors: Set<StoreKind> { fault.survivors }

    /// Makes so what is wrong already, then what the fault needs.
    public func prepare(_ lab: Lab) async throws {
        try await makeSo(in: lab)
        try await fault.prepare(lab)
    }

    /// Has the fault go wrong.
    public func inject(into lab: Lab) async throws { try await fault.inject(into: lab) }
    /// Sees the fault as it is seen.
    public func confirm(in lab: Lab) async throws -> Confirmation { try await fault.confirm(in: lab) }
}
