import Boundary
import Evidence
import Ledger
import Machines
import Operator
import Runbooks

/// One case of a drill on its way: steady state, fault, confirmation, section, settling, ledger, verdict.
///
/// A drill calls its methods in this order, one line for each arrow of the design. What recovers the lab is
/// the runbook's text: no method here does.
public actor Drill {
    /// The lab that is broken and recovered.
    public nonisolated let lab: Lab
    nonisolated let plan: DrillPlan
    nonisolated let evidence: EvidenceCase
    nonisolated let writer: SecretsWriter
    private var fault: (any Fault)?
    private(set) var verdict: Verdict
    /// Seconds since the start of the case at which the fault was injected.
    private var injected: Double?
    private var humanSeconds = 0.0
    private var active: VaultNode?

    init(lab: Lab, plan: DrillPlan, evidence: EvidenceCase, verdict: Verdict) throws {
        self.lab = lab
        self.plan = plan
        self.evidence = evidence
        self.verdict = verdict
        // With connections of its own: a client sends one request at a time, and probes must not wait for it.
        self.writer = SecretsWriter(
            vault: try Vault(in: lab.sandbox), journal: evidence.journal,
            prefix: "lab/drill/\(lab.sandbox.id)")
    }

    /// The lab is healthy, `leader` is Vault's active node, and the writer's first writes are acknowledged.
    public func steadyState(leader: String) async throws {
        let began = ContinuousClock.now
        do {
            try await lab.vault.makeLeader(leader, within: .seconds(60))
            let survey = try await lab.vault.becomesWhole(within: .seconds(60), unattended: false)
            try await firstWrites()
            say("steady: \(survey)")
            try note(
                .steady(
                    .init(
                        seen: ["vault": survey.description, "leader": leader],
                        seconds: began.duration(to: .now).seconds)))
        } catch {
            throw DrillEnding.unproven("the lab was not healthy to begin with: \(error)")
        }
    }

    /// Makes one real thing go wrong.
    public func inject(_ fault: any Fault) async throws {
        self.fault = fault
        verdict.fault = .init(kind: fault.kind, target: fault.target)
        let event = try evidence.journal.record(
            .inject(.init(fault: fault.kind, target: fault.target, detail: "from steady state")))
        injected = event.at
        say("injecting \(fault.kind) on \(fault.target)")
        do {
            try await fault.inject(into: lab)
        } catch {
            throw DrillEnding.unproven("\(fault.kind) on \(fault.target) could not be injected: \(error)")
        }
    }

    /// Sees the fault from another vantage than the injector's.
    public func confirm() async throws {
        guard let fault else { preconditionFailure("a drill injects before it confirms") }
        do {
            let seen = try await fault.confirm(in: lab)
            try note(
                .confirmed(
                    .init(fault: fault.kind, target: fault.target, vantage: seen.vantage, seen: seen.seen)))
            verdict.fault = .init(kind: fault.kind, target: fault.target, confirmed: true, seen: seen.seen)
            say("confirmed: \(seen.seen)")
        } catch {
            throw DrillEnding.unproven("the fault was not confirmed: \(error)")
        }
    }

    /// Follows the section of the runbook to the letter.
    public func followSection() async throws {
        let run = SectionRun(lab: lab, plan: plan, journal: evidence.journal)
        let followed = try await run.follow()
        verdict.steps = followed.steps
        humanSeconds = followed.humanMinutes * 60
        if let ending = followed.ending { throw ending }
    }

    /// Waits until the lab is whole again, redundancy included, and the writer is acknowledged again.
    public func settle() async throws {
        let began = ContinuousClock.now
        do {
            let survey = try await lab.vault.becomesWhole(
                within: plan.settleDeadline, unattended: !plan.isByHand)
            let whole = try evidence.journal.record(
                .whole(
                    .init(seen: ["vault": survey.description], seconds: began.duration(to: .now).seconds)))
            active = try lab.vault.node(survey.leader ?? "")
            let recovery = whole.at - (injected ?? 0) + humanSeconds
            say("whole again: \(survey)")
            verdict.recoverySeconds = recovery
            try await acknowledgedAgain(since: whole.at)
        } catch let error as WaitError {
            throw DrillEnding.failed(
                "not whole after \(plan.isByHand ? "a person's work" : "the section was followed"): \(error)")
        }
        if let recovery = verdict.recoverySeconds, let budget = verdict.budgetSeconds, recovery > budget {
            throw DrillEnding.failed(
                "recovery took \(HumanDuration.text(seconds: recovery)), "
                    + "the budget is \(HumanDuration.text(seconds: budget))")
        }
    }

    /// Reads back every write and compares: nothing that was acknowledged may be missing or changed.
    public func checkLedger() async throws {
        await stopWriter()
        guard let active else { preconditionFailure("a drill settles before it checks the ledger") }
        let found = try await writer.readBack(from: active)
        let history = writer.soFar
        let judgement = LedgerJudgement(history, found: found, expected: SecretsWriter.content)
        verdict.ledger = .init(
            acknowledged: judgement.acknowledged,
            refused: history.writes.count { $0.outcome == .refused }, unknown: judgement.unknown,
            lost: judgement.lost.count)
        verdict.outageSeconds.updateValue(history.outage(since: injected ?? 0), forKey: SecretsWriter.store)
        try note(
            .ledger(
                .init(
                    store: SecretsWriter.store, acknowledged: judgement.acknowledged,
                    refused: verdict.ledger.refused, unknown: judgement.unknown, lost: judgement.lost)))
        guard judgement.lost.isEmpty, judgement.foreign.isEmpty else {
            throw DrillEnding.failed(
                "lost acknowledged writes \(judgement.lost), found foreign ones \(judgement.foreign)")
        }
    }

    // MARK: The writer

    private var writing: Task<Void, any Error>?

    private func firstWrites() async throws {
        let writer = writer
        writing = Task { try await writer.run() }
        try await eventually("three writes are acknowledged", within: .seconds(30)) {
            writer.soFar.acknowledged.count >= 3 ? () : nil
        }
    }

    private func acknowledgedAgain(since moment: Double) async throws {
        let writer = writer
        try await eventually("the writer is acknowledged again", within: .seconds(30)) {
            writer.soFar.writes.contains { $0.sent >= moment && $0.outcome == .acknowledged } ? () : nil
        }
    }

    /// Ends the writer after its present write; a journal that failed under it makes the drill unproven.
    func stopWriter() async {
        writing?.cancel()
        if case .failure(let error) = await writing?.result {
            journalFailure = error
        }
        writing = nil
    }

    /// Why the journal could not be written, if it could not.
    private(set) var journalFailure: (any Error)?

    private nonisolated func say(_ line: String) { plan.say("\(plan.caseName): \(line)") }

    private func note(_ entry: JournalEntry) throws {
        try evidence.journal.record(entry)
    }
}
