import Boundary
public import Ledger

/// A fault that meets off-site copies which nobody took for a while: the box had stopped, and nobody had noticed.
///
/// A control: what is conceded stays what the schedule promises, so that older copies must be found out as loss.
public struct OffsiteStopped: Fault {
    private let fault: any Fault
    private let lead: Duration

    /// Stops the box some time before a fault.
    public init(_ lead: Duration, before fault: any Fault) {
        self.fault = fault
        self.lead = lead
    }

    /// The fault's kind, and what is wrong beside it.
    public var kind: String { fault.kind + ", off-site copies stopped before" }
    /// The fault's target.
    public var target: String { fault.target }
    /// The fault's vantage.
    public var vantage: String { fault.vantage }

    /// What the schedule promises, whether it was kept or not.
    public func concessions(in lab: Lab) -> [StoreKind: Double] { fault.concessions(in: lab) }

    /// Stops the box, and lets the clients write.
    public func prepare(_ lab: Lab) async throws {
        await lab.offsite.stop()
        try await Task.sleep(for: lead)
        try await fault.prepare(lab)
    }

    /// Destroys.
    public func inject(into lab: Lab) async throws { try await fault.inject(into: lab) }

    /// Sees the fault.
    public func confirm(in lab: Lab) async throws -> Confirmation { try await fault.confirm(in: lab) }
}
