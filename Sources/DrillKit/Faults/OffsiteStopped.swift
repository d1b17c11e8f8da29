/// A fault that meets off-site copies which nobody took for a while: the box had stopped, and nobody had noticed.
///
/// A control: what is conceded stays what the schedule promises, so that older copies must be found out as loss.
public struct OffsiteStopped: CompoundFault {
    /// The fault that meets it.
    public let fault: any Fault
    /// What is wrong beside it.
    public let condition = "off-site copies stopped before"
    private let lead: Duration

    /// Stops the box some time before a fault.
    public init(_ lead: Duration, before fault: any Fault) {
        self.fault = fault
        self.lead = lead
    }

    /// Stops the box, and lets the clients write.
    public func makeSo(in lab: Lab) async throws {
        await lab.offsite.stop()
        try await Task.sleep(for: lead)
    }
}
