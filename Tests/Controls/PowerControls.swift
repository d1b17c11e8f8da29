import DrillKit
import DrillTesting
import Evidence
import Runbooks
import Testing

/// What must not pass of PowerCut: a section with a step missing, a power that stays on, and machines that say
/// "it is on the disk" when it is not.
@Suite(.lab())
struct PowerControls {
    /// Every step has something to do in it, the clocks' too.
    static let stale = Control(experiment: .powerCut, name: "clocks stale at boot")
    static let atOnce = Control(experiment: .powerCut, name: "all at once")

    @Test func aPowerThatStaysOnIsUnproven() async throws {
        let verdict = try await Self.atOnce.verdict("fault switched off", fault: SwitchedOff.init)
        #expect(verdict.result == .unproven)
        #expect(verdict.reason.contains("still answers"), "\(verdict.reason)")
    }

    /// A database that acknowledges what is in memory alone loses it, and the ledger tells: in one of three cuts at
    /// the latest, for now and then the kernel writes in time.
    @Test func aDatabaseWithoutFsyncLosesWrites() async throws {
        try await losesWrites("fsync off", of: "postgres") { FsyncOff(before: $0) }
    }

    /// A disk that says "flushed" and keeps it in its cache is the same for everything that the machine stores.
    @Test func aDiskThatIgnoresFlushesLosesWrites() async throws {
        try await losesWrites("disks that lie", of: nil) { LyingDisks(before: $0) }
    }

    private func losesWrites(
        _ label: String, of store: String?, fault: (any Fault) -> any Fault
    ) async throws {
        var reasons: [String] = []
        for attempt in 1...3 {
            let verdict = try await Self.atOnce.verdict("\(label), attempt \(attempt)", fault: fault)
            let lost = verdict.ledger.lostWrites ?? [:]
            if verdict.result == .failed, store.map({ lost[$0] != nil }) ?? !lost.isEmpty { return }
            reasons.append("\(verdict.result): \(verdict.reason)")
        }
        Issue.record("three power cuts lost nothing: \(reasons)")
    }

    /// Removals that still pass, each with its reason.
    static let mayGo = [
        "The database": "it replays its log by itself, and settling waits for it",
        "See that all three nodes": "settling checks the voters all the same",
        "Wait until the app says": "settling asks the app all the same",
    ]

    /// What it is for happens to some uploads: without it some runs fail and some pass.
    static let aMatterOfLuck = [
        "Wait until each of them lets you in":
            "the next step asks each machine at once, and its ssh comes up about when the hands are done",
        "The volume: wait":
            "what was cut off before its name was synced heals only when somebody asks for it by name",
    ]

    @Test("each step removed in turn", arguments: Self.stale.inTurn.filter { !$0.isAmong(aMatterOfLuck) })
    func removed(_ removal: Removal) async throws {
        try await Self.stale.fails(without: removal, butFor: Self.mayGo)
    }

    /// Pairs of steps in the other order: what stands on something cannot come before it.
    static let swaps = [
        Swap(
            first: "Go to the machines", second: "Set the clocks",
            reason: "a dark machine has no clock to set"),
        Swap(
            first: "Set the clocks", second: "Wait until one node is active",
            reason: "with clocks a year behind no certificate is valid yet"),
        Swap(
            first: "Vault: ask every node", second: "Unseal each sealed node",
            reason: "nobody knows which nodes are sealed"),
        Swap(
            first: "Unseal each sealed node", second: "Wait until one node is active",
            reason: "no sealed node becomes active"),
        Swap(
            first: "Wait until one node is active", second: "The app: it starts",
            reason: "nobody knows which node gives a secret-id"),
        Swap(
            first: "The volume", second: "The database", due: .passed, reason: "neither stands on the other"),
    ]

    @Test("steps in the other order", arguments: swaps)
    func swapped(_ swap: Swap) async throws {
        try await Self.stale.comesToWhatIsDue(swap)
    }

    /// Vault may be unsealed before storage is back: its own lies on each machine's disk, not on the volume.
    @Test func vaultDoesNotWaitForTheVolume() async throws {
        let volume = try Self.stale.removal(of: "The volume: wait").step
        let unsealing = try [
            "Vault: ask every node", "Unseal each sealed node", "Wait until one node is active",
        ]
        .map { try Self.stale.removal(of: $0).step }
        let verdict = try await Self.stale.verdict("Vault before the volume") { plan in
            for step in unsealing { plan.section = plan.section.moving(step, before: volume) }
        }
        #expect(verdict.result == .passed, "\(verdict.reason)")
    }
}
