import DrillKit
import Runbooks
import Testing

/// The words by which controls find the steps of their sections: each stands in one step, or the control looks at nothing.
///
/// It takes no lab, and is run with the tests.
@Suite struct ControlWords {
    typealias Node = NodeKillControls
    typealias Power = PowerControls
    typealias Base = DatabaseControls
    typealias Disk = DiskControls

    /// For each control, its edits.
    static let edits: [(control: Control, edits: [Edit])] = [
        (SealControls.allSealed, [SealControls.twoShares, SealControls.typo]),
        (Node.quietest, [Node.clockNotSet]),
        (Base.folder, [Base.earlier, Base.everything, Base.old, Base.silence]),
        (StorageControls.signed, [StorageControls.nothingFound, StorageControls.everybodyVotes]),
    ]

    @Test("an edit changes the lines that it is for", arguments: edits.indices)
    func changesItsLines(_ index: Int) throws {
        let (control, edits) = Self.edits[index]
        let section = try Workshop().plan(drill: control.experiment.name, case: control.name).section
        for edit in edits {
            let lines = section.lines(holding: edit.words)
            #expect(lines.count == edit.places, "\(control.testDescription): \"\(edit.words)\"")
            #expect(lines.allSatisfy { edit.change($0.text) != $0.text }, "\(edit.words)")
        }
    }

    /// For each control, the reasons by their words, and other words.
    static let finding: [(control: Control, reasons: [[String: String]], words: [String])] = [
        (SealControls.allSealed, [SealControls.onlyLooks], ["If the app has no database"]),
        (Node.quietest, [Node.mayGo, Node.aMatterOfLuck], ["have it join anew"]),
        (NodeLossControls.leader, [NodeLossControls.mayGo], []),
        (Power.stale, [Power.mayGo, Power.aMatterOfLuck], Power.swaps.flatMap { [$0.first, $0.second] }),
        (Base.folder, [Base.mayGo], Base.others.map(\.1) + [Base.tooSoon.first, Base.tooSoon.second]),
        (Disk.full, [Disk.mayGo, Disk.aMatterOfLuck], Disk.decisive.map(\.1)),
        (StorageControls.signed, [StorageControls.mayGo], []),
        (
            TotalLossControls.all, [TotalLossControls.mayGo, TotalLossControls.aMatterOfLuck],
            [TotalLossControls.playsFirst.first, TotalLossControls.playsFirst.second]
        ),
    ]

    @Test("stand in one step of the section", arguments: finding.indices)
    func standInOneStep(_ index: Int) {
        let (control, reasons, words) = Self.finding[index]
        let items = control.removals.map(\.step.item)
        #expect(!items.isEmpty, "\(control.testDescription): its section cannot be read")
        for word in reasons.flatMap(\.keys) + words {
            #expect(items.count { $0.contains(word) } == 1, "\(control.testDescription): \"\(word)\"")
        }
    }
}
