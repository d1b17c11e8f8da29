import Boundary
import Evidence
import Ledger
import Machines
import Runbooks

extension Drill {
    /// Waits until the lab is whole again, redundancy included, and every store acknowledges again.
    public func settle() async throws {
        let began = ContinuousClock.now
        do {
            let seen = try await lab.becomesWhole(within: plan.settleDeadline)
            try await holdsWhatItHeld()
            let whole = try evidence.journal.record(
                .whole(.init(seen: seen, seconds: began.duration(to: .now).seconds)))
            let recovery = whole.at - (injected ?? 0) + humanSeconds
            say("whole again: \(seen.inOneLine)")
            verdict.recoverySeconds = recovery
            try await clients.acknowledge(since: whole.at)
        } catch let error where error is WaitError || error is NotWhole {
            throw DrillEnding.failed("\(notWhole): \(error)")
        }
        if let recovery = verdict.recoverySeconds, let budget = verdict.budgetSeconds, recovery > budget {
            throw DrillEnding.failed(
                "recovery took \(HumanDuration.text(seconds: recovery)), "
                    + "the budget is \(HumanDuration.text(seconds: budget))")
        }
    }

    private var notWhole: String {
        "not whole after \(plan.isByHand ? "a person's work" : "the section was followed")"
    }

    /// Sees that what nobody changes is what it was before the fault.
    private func holdsWhatItHeld() async throws {
        guard let standing else { return }
        // Whoever mends by hand is at it until all is as it was. A look takes seconds, on a busy host many, and each of its
        // commands has a deadline of its own: the last one is never cut off, or a slow host would look like a loss.
        let until = ContinuousClock.now + (plan.isByHand ? plan.settleDeadline : .seconds(30))
        while true {
            let change: String?
            do {
                change = try await Standing(of: lab).change(from: standing)
            } catch let error where error is NotYet || error is DrillError {
                change = "\(error)"
            } catch let error as ControlError where error.kind == .timedOut && .now < until {
                change = "\(error)"
            }
            guard let change else { return }
            guard .now < until else { throw DrillEnding.failed("\(notWhole): \(change)") }
            try await Task.sleep(for: .seconds(1))
        }
    }

    /// Reads every write back from every store and compares: nothing that was acknowledged may be missing,
    /// changed or there twice, and nothing may be there that was refused or never sent.
    ///
    /// Where the fault destroyed the only copy of a store, the last seconds that its backups concede may be gone.
    public func checkLedger() async throws {
        await clients.end()
        let accounts = try await clients.settleAccounts(
            since: injected ?? 0, conceding: verdict.ledger.concessions(from: injected, until: confirmed))
        verdict.ledger.lost = 0
        for account in accounts {
            verdict.take(account)
            try note(.ledger(.init(account)))
        }
        isLedgerSound = accounts.allSatisfy { $0.judgement.isSound == true }
        let complaints = accounts.compactMap(\.complaint).joined(separator: "; ")
        guard !accounts.contains(where: { $0.judgement.isSound == false }) else {
            throw DrillEnding.failed(complaints)
        }
        guard accounts.count == clients.stores.count, complaints.isEmpty else {
            throw DrillEnding.unproven("the ledger cannot be judged: \(complaints)")
        }
        let gone = accounts.filter { $0.outage == nil }.map(\.store)
        guard injected == nil || gone.isEmpty else {
            throw DrillEnding.unproven(
                "went away again after the lab was whole: \(gone.joined(separator: ", "))")
        }
        if !mayExceedTheMap, let excess = plan.row.lossBudget.excess(of: verdict.ledger) {
            throw DrillEnding.failed(excess)
        }
    }
}
