import DrillKit
import DrillTesting
import Evidence
import Runbooks
import Testing

/// What must not pass of DiskTrouble: a disk that is well, a section with a step missing.
@Suite(.lab())
struct DiskControls {
    /// The database's machine: its replica stays connected, and lacks what the others took meanwhile.
    static let full = Control(experiment: .diskTrouble, name: "disk full")

    @Test func aDiskThatIsWellIsUnproven() async throws {
        let verdict = try await Self.full.verdict("fault switched off", fault: SwitchedOff.init)
        #expect(verdict.result == .unproven)
        #expect(verdict.reason.contains("Disk Space Free"), "\(verdict.reason)")
    }

    /// Removals that still pass, each with its reason.
    static let mayGo = [
        "Where it is read-only, boot": "here no disk is; that case fails without it",
        "Go to the machines": "here no disk is stuck; that case fails without it",
        "Wait until each of them lets you in": "nobody was switched off",
        "Start again what failed": "a server that cannot write waits, on a disk that is merely full",
        "The volume: have it healed": "it looks twice a minute by itself, and settling waits for it",
        "The database": "it goes on as soon as there is room, and settling waits for its log",
        "Have each node whose data is damaged": "none is; a remounted root damages one",
        "Unseal each node that joined anew": "none did",
        "Wait until all three nodes": "settling checks the voters all the same",
        "The app: it starts": "its way into Vault was not lost",
        "Wait until the app says": "settling asks the app all the same",
    ]

    /// What it is for happens to some full disks: without it some runs fail and some pass.
    static let aMatterOfLuck = [
        "Where it was full, take what the volume made":
            "a file is made by halves when there is room for its name and none for its number",
        "Unseal each sealed node": "a node that cannot write its log may end, and comes back sealed",
    ]

    @Test("each step removed in turn", arguments: Self.full.inTurn.filter { !$0.isAmong(aMatterOfLuck) })
    func removed(_ removal: Removal) async throws {
        try await Self.full.fails(without: removal, butFor: Self.mayGo)
    }

    /// The steps that one case alone needs.
    static let decisive = [
        ("root read-only", "Where it is read-only, boot"),
        ("root read-only", "Unseal each sealed node"),
        ("root read-only", "The app: it starts"),
        ("root remounted read-only", "Have each node whose data is damaged"),
        ("slow disk", "Go to the machines"),
        ("stuck disk", "Go to the machines"),
    ]

    @Test("the step that one case alone needs", arguments: decisive)
    func needed(_ name: String, step words: String) async throws {
        try await Control(experiment: .diskTrouble, name: name).fails(without: words)
    }
}
