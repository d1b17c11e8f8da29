import Boundary
import Evidence
import Ledger
import Runbooks

extension Drill {
    /// Follows the section of the runbook to the letter; where the case has a relapse, up to a step of it, then from its
    /// beginning.
    ///
    /// Where writes are gone that nobody can bring back, some step must say so, in the words of the case's report: a runbook
    /// that hides a loss has failed. Before anybody lays hands on a machine each of the fault's survivors must have acknowledged a
    /// write that was sent after the fault was seen: what is redundant goes on without what is broken.
    public func followSection(of one: ExperimentCase) async throws {
        try await goesOn(fault?.bystanders ?? [])
        if let relapse = one.relapse {
            guard let beginning = plan.section.ending(after: relapse.after) else {
                throw DrillEnding.unproven(
                    "no step of the section says \"\(relapse.after)\", so it has no such middle")
            }
            try await follow(beginning)
            _ = try await strike(relapse.fault, from: "the middle of the recovery")
            _ = try await see(relapse.fault)
        }
        let said = try await follow(plan.section)
        if let words = one.report?.words, !said.contains(where: { $0.contains(words) }) {
            throw DrillEnding.failed("writes are gone, and no step of the section says \"\(words)\"")
        }
        mayExceedTheMap = one.report?.isBeyondTheMap == true
        isFollowed = true
        try note(.followed(.init(steps: verdict.steps.count)))
    }

    /// Leaves the section to a person: where writes are gone that nobody can bring back, nobody is asked for words.
    public func leaveToAPerson(_ one: ExperimentCase) {
        mayExceedTheMap = one.report?.isBeyondTheMap == true
        isFollowed = true
    }

    /// Follows steps; what each of them printed.
    @discardableResult
    private func follow(_ section: Section) async throws -> [String] {
        let survivors = fault?.survivors ?? []
        let run = SectionRun(lab: lab, plan: plan, section: section, journal: evidence.journal) {
            try await self.goesOn(survivors)
        }
        let followed = try await run.follow()
        verdict.steps += followed.steps
        humanSeconds += followed.humanMinutes * 60
        if let ending = followed.ending { throw ending }
        return followed.printed
    }

    /// Waits until each of some stores has acknowledged a write that was sent after the fault was seen.
    private func goesOn(_ stores: Set<StoreKind>) async throws {
        guard !stores.isEmpty else { return }
        do {
            try await clients.acknowledge(since: confirmed ?? 0, by: stores)
        } catch let error as WaitError {
            throw DrillEnding.failed("the lab does not work on without what is broken; last seen: \(error)")
        }
    }
}
