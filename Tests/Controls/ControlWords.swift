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

    /// For each control, the reasons by their words, and other words.
    static let finding: [(control: Control, reasons: [[String: String]], words: [String])] = [
        (SealControls.allSealed, [SealControls.onlyLooks], ["If the app has no database"]),
        (Node.quietest, [Node.mayGo, Node.aMatterOfLuck], ["have it join anew"]),
        (NodeLossControls.leader, [NodeLossControls.mayGo], []),
        (Power.stale, [Power.mayGo, Power.aMatterOfLuck], Power.swaps.flatMap { [$0.first, $0.second] }),
        (Base.folder, [Base.mayGo], Base.others.map(\.1)),
        (Disk.full, [Disk.mayGo, Disk.aMatterOfLuck], Disk.decisive.map(\.1)),
        (StorageControls.signed, [StorageControls.mayGo], []),
        (TotalLossControls.all, [TotalLossControls.mayGo], []),
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
