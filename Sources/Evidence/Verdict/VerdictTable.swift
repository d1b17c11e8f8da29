extension VerdictList {
    /// The verdicts as a table for a terminal, in colour only when asked for.
    ///
    /// One row a case, then why each case that has not passed has not, then the count.
    public func table(color: Bool = false) -> String {
        guard !verdicts.isEmpty else { return "run \(run): no case was begun\n" }
        let header = ["CASE", "VERDICT", "OUTAGE", "RECOVERY", "LOST"]
        let rows = verdicts.map(Self.cells)
        let widths = header.indices.map { column in
            ([header] + rows).map { $0[column].count }.max() ?? 0
        }
        var lines = [Self.line(header, widths: widths)]
        for (verdict, row) in zip(verdicts, rows) {
            let paint = color ? Self.color(of: verdict.result) : nil
            lines.append(Self.line(row, widths: widths, paint: paint))
        }
        let reasons = verdicts.filter { $0.result != .passed }
            .map { "\($0.result.rawValue): \(Self.name($0)): \($0.reason)".withoutControls }
        if !reasons.isEmpty { lines += [""] + reasons }
        let counts = Verdict.Result.allCases.map { result in
            "\(verdicts.count { $0.result == result }) \(result.rawValue)"
        }
        lines += ["", "run \(run): \(counts.joined(separator: ", "))"]
        if verdicts.contains(where: { $0.sandbox.wallLowered == true }) {
            lines.append("the wall was lowered on purpose: the gate takes none of these")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func name(_ verdict: Verdict) -> String { "\(verdict.drill) / \(verdict.case)" }

    private static func cells(_ verdict: Verdict) -> [String] {
        let outages = verdict.outageSeconds.sorted { $0.key < $1.key }.map { store, seconds in
            "\(store) \(seconds.map { HumanDuration.text(seconds: $0) } ?? "not back")"
        }
        let recovery = verdict.recoverySeconds.map { HumanDuration.text(seconds: $0) } ?? "-"
        let budget = verdict.budgetSeconds.map { " of \(HumanDuration.text(seconds: $0))" } ?? ""
        let gone = verdict.ledger.conceded > 0 ? ", \(verdict.ledger.conceded) conceded" : ""
        let lost = verdict.ledger.lost.map { "\($0) of \(verdict.ledger.acknowledged)\(gone)" }
        return [
            name(verdict), verdict.result.rawValue, outages.isEmpty ? "-" : outages.joined(separator: ", "),
            recovery + budget, lost ?? "not read back",
        ].map(\.withoutControls)
    }

    /// One row; `paint` colours the verdict, whose padding is counted without it.
    private static func line(_ cells: [String], widths: [Int], paint: String? = nil) -> String {
        var text = ""
        for (column, cell) in cells.enumerated() {
            let painted = if column == 1, let paint { "\u{1b}[\(paint)m\(cell)\u{1b}[0m" } else { cell }
            let isLast = column == cells.count - 1
            text += painted + (isLast ? "" : String(repeating: " ", count: widths[column] - cell.count + 2))
        }
        return text
    }

    private static func color(of result: Verdict.Result) -> String {
        switch result {
        case .passed: "32"
        case .failed: "31"
        case .unproven: "33"
        }
    }
}
