public import DrillKit
public import Machines
public import Testing

/// What a suite of drills works with: the workshop and the checkpoint, or why there is none.
public struct LabBench: Sendable {
    /// The workshop of the suite's profile.
    public let workshop: Workshop
    /// The healthy lab that every case begins with.
    public let checkpoint: Checkpoint

    @TaskLocal static var current: Result<LabBench, any Error>?

    /// The bench of the running test, as its suite's trait has laid it out.
    ///
    /// - Throws: what kept the lab from being there; ``DrillError`` in a suite without the trait ``LabTrait``.
    public static func ofThisTest() throws -> LabBench {
        guard let bench = try current?.get() else {
            throw DrillError("this test has no lab", next: "give its suite the trait .lab()")
        }
        return bench
    }
}

/// Gives a suite its lab: the profile's checkpoint, built once if it is not in the cache.
public struct LabTrait: SuiteTrait, TestScoping {
    let profile: String

    /// Lays out the bench around the suite.
    ///
    /// A suite scope that throws leaves no trace of the tests in it, so what went wrong is handed to each
    /// test, which then fails with that reason (seen with Swift 6.2).
    public func provideScope(
        for test: Test, testCase: Test.Case?,
        performing function: @Sendable @concurrent () async throws -> Void
    ) async throws {
        let bench: Result<LabBench, any Error>
        Interruption.watch()
        do {
            let workshop = try Workshop(profile: profile)
            if let reaped = try await Reaper(runs: workshop.runs).reap().message {
                Workshop.sayOnStandardError(reaped)
            }
            bench = .success(
                LabBench(workshop: workshop, checkpoint: try await workshop.builder.checkpoint()))
        } catch {
            bench = .failure(error)
        }
        try await LabBench.$current.withValue(bench) { try await function() }
    }
}

extension Trait where Self == LabTrait {
    /// The lab of a profile: `lab` unless DRILL_PROFILE names another.
    public static func lab(_ profile: String? = nil) -> Self {
        LabTrait(profile: profile ?? ProfileFolder.chosen)
    }
}
