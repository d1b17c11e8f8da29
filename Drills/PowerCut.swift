import DrillKit
import DrillTesting
import Testing

/// The power was cut: all three machines are gone at once, in the middle of their clients' writes.
///
/// Breaks: every machine ends together with its disk's volatile cache, so that what was not flushed is gone; a mark on
/// each disk proves it. All at once, one by one, with a part of the unflushed kept as real disks do, again before the
/// recovery has ended, and with clocks that are months behind when the machines come on. The runbook: has them switched
/// on, sets their clocks, and brings back storage, database, Vault and app in this order. Fails: when any of them stays
/// away, when an acknowledged write is gone, or when any step of the section does.
@Suite(.lab())
struct PowerCut {
    @Test("The power was cut", arguments: Experiment.powerCut.asked)
    func thePowerWasCut(_ one: ExperimentCase) async throws {
        try await drill("PowerCut", case: one.name) { drill in
            try await drill.steadyState(of: one)
            try await drill.inject(one.fault)
            try await drill.confirm()
            try await drill.followSection(of: one)
            try await drill.settle()
            try await drill.checkLedger()
        }
    }
}
