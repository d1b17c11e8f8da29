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
    nonisolated let clients: LedgerClients
    private var fault: (any Fault)?
    private(set) var verdict: Verdict
    /// Seconds since the start of the case at which the fault was injected.
    private var injected: Double?
    /// Seconds since the start of the case at which the fault was seen from elsewhere.
    private var confirmed: Double?
    private var humanSeconds = 0.0
    /// What the databases held beside the clients' writes before the fault.
    private var standing: StandingData?
    /// The digests of the volume's files that nobody writes to, before the fault.
    private var standingFiles: Set<String> = []
    /// Whether every write was read back and none is missing but what was conceded.
    private(set) var isLedgerSound = false

    init(lab: Lab, plan: DrillPlan, evidence: EvidenceCase, verdict: Verdict) throws {
        self.lab = lab
        self.plan = plan
        self.evidence = evidence
        self.verdict = verdict
        self.clients = try LedgerClients(in: lab.sandbox, of: evidence, doors: lab.doors)
    }

    /// The lab is healthy, `leader` is Vault's active node, and the clients have been writing for `history`, so that
    /// there is something to lose; `offsite` has the off-site box take its copies from the beginning.
    public func steadyState(leader: String, history: Duration = .zero, offsite: Bool = false) async throws {
        let began = ContinuousClock.now
        do {
            // Who follows a leader that steps down is a toss-up, and on a busy host each toss takes 10 to 15 s.
            try await lab.vault.makeLeader(leader, within: .seconds(180))
            let survey = try await lab.vault.becomesWhole(within: .seconds(60), unattended: false)
            if offsite {
                say("the off-site box takes its first copies")
                try await lab.offsite.begin()
            }
            async let standing = StandingData(of: lab.database)
            async let files = lab.volume.standingFiles()
            try await clients.begin()
            self.standing = try await standing
            standingFiles = try await files
            if history > .zero { say("clients write for \(history) before anything happens") }
            try await Task.sleep(for: history)
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
        injected = try await strike(fault, from: "steady state")
        for (store, seconds) in fault.concessions(in: lab) {
            verdict.ledger.concededSeconds[store.rawValue] = seconds
        }
    }

    /// Injects a fault and journals it; tells the second of the case.
    private func strike(_ fault: any Fault, from state: String) async throws -> Double {
        let event = try evidence.journal.record(
            .inject(.init(fault: fault.kind, target: fault.target, detail: "from \(state)")))
        say("injecting \(fault.kind) on \(fault.target)")
        do {
            try await fault.inject(into: lab)
        } catch {
            throw DrillEnding.unproven("\(fault.kind) on \(fault.target) could not be injected: \(error)")
        }
        return event.at
    }

    /// Sees the fault from another vantage than the injector's.
    public func confirm() async throws {
        guard let fault else { preconditionFailure("a drill injects before it confirms") }
        let (seen, moment) = try await see(fault)
        confirmed = moment
        verdict.fault = .init(kind: fault.kind, target: fault.target, confirmed: true, seen: seen)
    }

    /// Sees a fault from elsewhere and journals it; tells what was seen, and the second of the case.
    private func see(_ fault: any Fault) async throws -> (seen: String, at: Double) {
        do {
            let seen = try await fault.confirm(in: lab)
            let event = try evidence.journal.record(
                .confirmed(
                    .init(fault: fault.kind, target: fault.target, vantage: seen.vantage, seen: seen.seen)))
            say("confirmed: \(seen.seen)")
            return (seen.seen, event.at)
        } catch {
            throw DrillEnding.unproven("the fault was not confirmed: \(error)")
        }
    }

    /// Follows the section of the runbook to the letter; with a relapse, up to a step of it, then from its beginning.
    ///
    /// Where writes are gone that nobody can bring back, some step must say so, in the words `loss`: a runbook that hides
    /// a loss has failed.
    public func followSection(until relapse: Relapse? = nil, reporting loss: String? = nil) async throws {
        if let relapse {
            try await follow(plan.section.ending(after: relapse.after))
            _ = try await strike(relapse.fault, from: "the middle of the recovery")
            _ = try await see(relapse.fault)
        }
        let said = try await follow(plan.section)
        if let loss, !said.contains(where: { $0.contains(loss) }) {
            throw DrillEnding.failed("writes are gone, and no step of the section says \"\(loss)\"")
        }
    }

    /// Follows steps; what each of them printed.
    @discardableResult
    private func follow(_ section: Section) async throws -> [String] {
        let run = SectionRun(lab: lab, plan: plan, section: section, journal: evidence.journal)
        let followed = try await run.follow()
        verdict.steps += followed.steps
        humanSeconds += followed.humanMinutes * 60
        if let ending = followed.ending { throw ending }
        return followed.printed
    }

    /// Waits until the lab is whole again, redundancy included, and every store acknowledges again.
    public func settle() async throws {
        let began = ContinuousClock.now
        do {
            let seen = try await lab.becomesWhole(within: plan.settleDeadline, unattended: !plan.isByHand)
            try await holdsWhatItHeld()
            let whole = try evidence.journal.record(
                .whole(.init(seen: seen, seconds: began.duration(to: .now).seconds)))
            let recovery = whole.at - (injected ?? 0) + humanSeconds
            say("whole again: \(seen.inOneLine)")
            verdict.recoverySeconds = recovery
            try await clients.acknowledge(since: whole.at)
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

    /// Sees that files and tables which nobody writes to, definitions and grants are what they were before the fault.
    private func holdsWhatItHeld() async throws {
        guard let standing else { return }
        let database = lab.database
        try await eventually("the databases hold what they held", within: .seconds(30), every: .seconds(1)) {
            if let change = try await StandingData(of: database).change(from: standing) {
                throw NotYet(change)
            }
        }
        let changed = standingFiles.subtracting(try await lab.volume.standingFiles()).sorted()
        guard changed.isEmpty else {
            throw DrillEnding.failed(
                "not as before the fault: on the volume, \(changed.joined(separator: ", "))")
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
    }

    private nonisolated func say(_ line: String) { plan.say("\(plan.caseName): \(line)") }

    private func note(_ entry: JournalEntry) throws {
        try evidence.journal.record(entry)
    }
}
