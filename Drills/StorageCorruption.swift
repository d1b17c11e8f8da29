import DrillKit
import DrillTesting
import Testing

/// A file of the volume is damaged: a disk gives other bytes than were written to it, and says nothing.
///
/// Breaks: bytes flipped in one copy of a file, once signed for bitrot and once too fresh to be, so that the wrong bytes
/// are signed; a copy truncated; one machine's folder gone; the same wrong bytes in two copies of three, which outvote the
/// right one. The runbook: compares all copies by digest and signature, sets the wrong ones aside, heals them from the
/// good ones and compares again. Fails: when any two replicas differ afterwards, when the wrong bytes won, or when an
/// acknowledged write is gone.
@Suite(.lab())
struct StorageCorruption {
    @Test("A file of the volume is damaged", arguments: Experiment.storageCorruption.asked)
    func aFileOfTheVolumeIsDamaged(_ one: ExperimentCase) async throws {
        try await drill("StorageCorruption", case: one.name) { drill in
            try await drill.steadyState(of: one)
            try await drill.inject(one.fault)
            try await drill.confirm()
            try await drill.followSection(of: one)
            try await drill.settle()
            try await drill.checkLedger()
        }
    }
}
