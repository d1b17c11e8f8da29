import Synchronization

/// Where the seconds of a bring-up go, stage by stage.
///
/// The code that spends them notes them, and whoever wants to know collects them; nobody else pays for it.
public final class Stages: Sendable {
    /// The stages of a bring-up, in their order.
    public enum Stage: String, Sendable, CaseIterable {
        /// Waiting for a slot of the host and taking the sandbox's folder.
        case claim
        /// The namespace with its bridge and taps.
        case namespace
        /// The sockets that lead to the machines' ports.
        case forwards
        /// Each machine's overlay and its disk server.
        case disk
        /// From QEMU's start to its first answer.
        case qemu = "QEMU"
        /// Memory and devices' state, from the checkpoint.
        case memory
        /// Until the guest's agent answers: here the guest itself works again.
        case agent
        /// Setting the guests' clocks.
        case clocks
        /// Until every service is verified healthy.
        case health
        /// Handing over what does not last in a checkpoint, until it is in use.
        case leases
    }

    @TaskLocal private static var current: Stages?
    private let noted = Mutex<[Stage: Duration]>([:])

    private init() {}

    /// Runs a bring-up and gives, beside its result, how long each stage took.
    ///
    /// Machines go through theirs side by side: of each stage it is the slowest machine's time.
    public static func collecting<Value>(
        _ body: () async throws -> Value
    ) async rethrows -> (value: Value, stages: [Stage: Duration]) {
        let stages = Stages()
        let value = try await $current.withValue(stages) { try await body() }
        return (value, stages.noted.withLock { $0 })
    }

    /// Notes how long `body` took as this stage.
    static func measure<Value>(_ stage: Stage, _ body: () async throws -> Value) async rethrows -> Value {
        let start = ContinuousClock.now
        let value = try await body()
        if let current {
            let taken = ContinuousClock.now - start
            current.noted.withLock { $0[stage] = max($0[stage] ?? .zero, taken) }
        }
        return value
    }
}
