import DrillKit
import Evidence

/// Where the seconds of the drills went, as a Markdown table: a row a drill, the medians over its cases.
enum PhaseTable {
    private static let phases: [(head: String, seconds: @Sendable (DrillPhases) -> Double)] = [
        ("steady", { $0.steady }), ("confirm", { $0.confirm }), ("section", { $0.section }),
        ("settle", { $0.settle }), ("ledger", { $0.ledger }), ("all", { $0.total }),
    ]

    /// The table of what each case last came to; nil where no case came to its end.
    ///
    /// - Throws: `EvidenceError` when a journal cannot be read.
    static func markdown(_ store: EvidenceStore) throws -> String? {
        let rows = try DrillPhases.newest(in: store).sorted { $0.key < $1.key }.map { drill, cases in
            [drill, "\(cases.count)"]
                + phases.map { phase in
                    var samples = Samples()
                    for one in cases.values { samples.note(.seconds(phase.seconds(one))) }
                    return "\(tenths(samples.median)) s"
                }
        }
        return rows.isEmpty ? nil : Table.markdown(["drill", "cases"] + phases.map(\.head), rows)
    }
}
