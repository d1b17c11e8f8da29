/// What a profile does to machines that the machines themselves know nothing of.
///
/// `Machines` makes three computers; a profile makes them a lab and knows when it is healthy.
public protocol LabProfile: Sendable {
    /// The machines to make.
    var plan: LabPlan { get }

    /// Everything that goes into the machines' configuration, by name: files and folders whose change asks
    /// for a new checkpoint.
    var provisioningInputs: [String: String] { get }

    /// Configures blank machines as prod is configured: by the profile's Ansible plays.
    func provision(_ sandbox: Sandbox, progress: BringUp) async throws

    /// Brings the services back after a cold boot: what an operator does after switching a lab on.
    func awaken(_ sandbox: Sandbox, progress: BringUp) async throws

    /// Gives the services what may not lie in a checkpoint because it does not last: keys to short leases.
    ///
    /// Done after every restore, of disks as of memory, once the machines' clocks are right; never before a
    /// checkpoint is taken. It waits until what was given is in use.
    func handOver(_ sandbox: Sandbox) async throws

    /// Waits until every service answers as it should, those aside that wait for ``handOver(_:)``.
    ///
    /// - Throws: an error that names the service and what was last seen of it.
    func verifyHealthy(_ sandbox: Sandbox, deadline: Duration) async throws
}
