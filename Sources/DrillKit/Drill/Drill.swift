import Boundary
import Evidence
import Ledger
import Machines

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
    private(set) var fault: (any Fault)?
    var verdict: Verdict
    /// Seconds since the start of the case at which the fault was injected.
    var injected: Double?
    /// Seconds since the start of the case at which the fault was seen from elsewhere.
    var confirmed: Double?
    var humanSeconds = 0.0
    /// What nobody changes, as it was before the fault.
    var standing: Standing?
    /// Whether the section was followed to its end, or left to a person.
    var isFollowed = false
    /// Whether more may be gone than the map allows, which the section had to report.
    var mayExceedTheMap = false
    /// Whether every write was read back and none is missing but what was conceded.
    var isLedgerSound = false

    init(lab: Lab, plan: DrillPlan, evidence: EvidenceCase, verdict: Verdict) throws {
        self.lab = lab
        self.plan = plan
        self.evidence = evidence
        self.verdict = verdict
        self.clients = try LedgerClients(in: lab.sandbox, of: evidence, doors: lab.doors)
    }

    /// The lab is healthy, Vault's active node is the case's leader, and the clients have been writing for its history, so
    /// that there is something to lose; where it is kept off-site, the box there takes its copies from the beginning.
    ///
    /// The volume is checked meanwhile: damage from before the fault must not be blamed on the section.
    public func steadyState(of one: ExperimentCase) async throws {
        let began = ContinuousClock.now
        do {
            try await lab.vault.becomesWhole(ledBy: one.leader)
            if one.isKeptOffsite {
                say("the off-site box takes its first copies")
                try await lab.offsite.begin()
            }
            async let volume = lab.volume.becomesWhole(within: .seconds(120))
            try await clients.begin()
            var seen = ["leader": one.leader]
            if one.history > .zero {
                say("clients write for \(one.history) before anything happens")
                try await Task.sleep(for: one.history)
            }
            seen["volume"] = try await volume
            standing = try await Standing(of: lab)
            // Asked last: a leader may lose its lead meanwhile, and who leads is what some cases are about.
            let survey = try await lab.vault.becomesWhole(ledBy: one.leader)
            seen["vault"] = survey.description
            say("steady: \(survey)")
            try note(.steady(.init(seen: seen, seconds: began.duration(to: .now).seconds)))
        } catch {
            try Task.checkCancellation()
            throw DrillEnding.unproven("the lab was not healthy to begin with: \(error)")
        }
    }

    /// Makes one real thing go wrong.
    public func inject(_ fault: any Fault) async throws {
        self.fault = fault
        verdict.fault = .init(kind: fault.kind, target: fault.target)
        injected = try await strike(fault, from: "steady state")
    }

    /// Prepares a fault, injects and journals it, and concedes what it concedes; tells the second of the case.
    func strike(_ fault: any Fault, from state: String) async throws -> Double {
        do {
            try await fault.prepare(lab)
        } catch {
            try Task.checkCancellation()
            throw DrillEnding.unproven("\(fault.kind) on \(fault.target) could not be prepared: \(error)")
        }
        let event = try evidence.journal.record(
            .inject(.init(fault: fault.kind, target: fault.target, detail: "from \(state)")))
        say("injecting \(fault.kind) on \(fault.target)")
        do {
            try await fault.inject(into: lab)
        } catch {
            try Task.checkCancellation()
            throw DrillEnding.unproven("\(fault.kind) on \(fault.target) could not be injected: \(error)")
        }
        for (store, seconds) in fault.concessions(in: lab) {
            verdict.ledger.concededSeconds[store.rawValue] = seconds
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
    func see(_ fault: any Fault) async throws -> (seen: String, at: Double) {
        do {
            let seen = try await fault.confirm(in: lab)
            let event = try evidence.journal.record(
                .confirmed(
                    .init(fault: fault.kind, target: fault.target, vantage: seen.vantage, seen: seen.seen)))
            say("confirmed: \(seen.seen)")
            return (seen.seen, event.at)
        } catch {
            try Task.checkCancellation()
            throw DrillEnding.unproven("the fault was not confirmed: \(error)")
        }
    }

    nonisolated func say(_ line: String) { plan.say("\(plan.caseName): \(line)") }

    func note(_ entry: JournalEntry) throws {
        try evidence.journal.record(entry)
    }
}
