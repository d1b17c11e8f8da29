import DrillKit
import DrillTesting
import Evidence
import Runbooks
import Testing

/// What must not pass of DatabaseDrop: a section with a step missing, a copy of the wrong moment, a loss that is hidden.
@Suite(.lab())
struct DatabaseControls {
    static let folder = Control(experiment: .databaseDrop, name: "folder deleted")
    static let table = Control(experiment: .databaseDrop, name: "table dropped by a migration")
    static let page = Control(experiment: .databaseDrop, name: "page corrupted")
    static let broken = Control(experiment: .databaseDrop, name: "archive broken")

    @Test func aTableThatIsThereIsUnproven() async throws {
        let verdict = try await Self.table.verdict("fault switched off", fault: SwitchedOff.init)
        #expect(verdict.result == .unproven)
        #expect(verdict.reason.contains("a client is told"), "\(verdict.reason)")
    }

    /// Up to a position that lies a whole segment before the damage.
    static let earlier = Edit.replacing(
        "\"$before\"",
        with:
            "\"$(ssh pi2 \"sudo -u postgres psql -XAtqc \\\"SELECT '$before'::pg_lsn - 1048576\\\" postgres\")\"",
        inLineOf: "lab-restore-beside --before")

    /// A copy of half a minute earlier lacks what was written since.
    @Test func aCopyOfTheWrongMomentIsLoss() async throws {
        let verdict = try await Self.table.verdict("half a minute early", history: .seconds(60)) { plan in
            plan.section = plan.section.editing(Self.earlier)
        }
        #expect(verdict.result == .failed)
        #expect(verdict.reason.contains("postgres: lost"), "\(verdict.reason)")
    }

    /// The whole server, to the second before the damage.
    static let everything = Edit(of: "restored=\"\"") { _ in
        """
        restored=pi2
        at=$(echo "$damage" | sed -n 's/^dropped .* at //p')
        at=$(date -u -d "@$(($(date -d "$at" +%s) - 1))" '+%F %T+00')
        ssh pi2 "sudo lab-restore-database --target-time '$at'"
        damage=""
        """
    }

    /// Putting everything back to the moment before takes from everybody what they wrote since.
    @Test func aWholeRestoreForTheSakeOfOneTableIsLoss() async throws {
        let verdict = try await Self.table.verdict("whole restore", history: .seconds(60)) { plan in
            plan.section = plan.section.editing(Self.everything)
        }
        #expect(verdict.result == .failed)
        #expect(verdict.reason.contains("app: lost"), "\(verdict.reason)")
    }

    /// To four minutes ago.
    static let old = Edit(of: "ssh pi2 sudo lab-restore-database") {
        $0 + " --target-time \"'$(date -u -d '-240 sec' '+%F %T')+00'\""
    }

    /// A base backup that is older than what was promised is a loss, whoever says that all is well.
    @Test func aRestoreThatStopsTooEarlyIsLoss() async throws {
        let verdict = try await Self.folder.verdict("too early", history: .seconds(60)) { plan in
            plan.section = plan.section.editing(Self.old)
        }
        #expect(verdict.result == .failed)
        #expect(verdict.reason.contains("postgres: lost"), "\(verdict.reason)")
    }

    /// What the copy lacks is told to nobody.
    static let silence = Edit.replacing(
        "\"$before\" ||", with: "\"$before\" >/dev/null ||", inLineOf: "lab-restore-beside --before")

    @Test func aLossThatNobodyIsToldOfFails() async throws {
        let verdict = try await Self.broken.verdict("loss hidden") { plan in
            plan.section = plan.section.editing(Self.silence)
        }
        #expect(verdict.result == .failed)
        #expect(verdict.reason.contains("no step of the section says"), "\(verdict.reason)")
    }

    /// What of the table can still be read is more than such a log has.
    @Test func aTableIsNotFilledFromALogWithAGap() async throws {
        let verdict = try await Self.page.verdict(
            "archive broken before", history: .seconds(60), fault: { ArchiveBroken(before: $0) })
        #expect(verdict.result == .failed)
        #expect(
            verdict.reason.contains("the log has a gap: public.customers stays as it is"), "\(verdict.reason)"
        )
    }

    /// Removals that still pass where the whole server is lost, each with its reason.
    static let mayGo = [
        "If something was dropped": "here the server is gone; a dropped table fails without it",
        "Copy back the databases and tables": "here the server is gone; a dropped table fails without it",
        "If a table cannot be read": "here the server is gone; a corrupted page fails without it",
        "See that its log reaches pi3": "here it does; a broken archive fails without it",
        "Wait until the app says": "settling asks the app all the same",
    ]

    @Test("each step removed in turn", arguments: Self.folder.inTurn)
    func removed(_ removal: Removal) async throws {
        try await Self.folder.fails(without: removal, butFor: Self.mayGo)
    }

    /// The steps that the loss of the whole server does not need, each on a case that does.
    static let others: [(Control, String)] = [
        (table, "If something was dropped"), (table, "Copy back the databases and tables"),
        (page, "If a table cannot be read"), (broken, "See that its log reaches pi3"),
        (broken, "Take a fresh base backup"),
    ]

    @Test("a step removed where it is needed", arguments: others.indices)
    func removedElsewhere(_ index: Int) async throws {
        let (control, words) = Self.others[index]
        try await control.fails(without: words)
    }

    /// A base backup that is taken while the log is still thrown away lacks its own first segment.
    static let tooSoon = Swap(
        first: "See that its log reaches pi3", second: "Take a fresh base backup",
        reason: "the base backup stands on a log that nobody has")

    @Test func aBackupOnABrokenArchiveIsFoundOut() async throws {
        try await Self.broken.comesToWhatIsDue(Self.tooSoon)
    }
}
