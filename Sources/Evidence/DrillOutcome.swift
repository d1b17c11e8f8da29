/// What a drill came to when its cases were last run: one line of RECOVERY_MAP.md.
public struct DrillOutcome: Sendable, Equatable {
    /// Passed when every case has; failed when one has; unproven otherwise.
    public let result: Verdict.Result
    /// The section's text that all the cases followed.
    public let sectionSHA256: String
    /// When the last of the cases ended.
    public let finished: Timestamp
    /// The longest recovery among them; nil when one of them never recovered.
    public let recoverySeconds: Double?

    /// Finds it among verdicts of any number of runs; of each case the newest counts.
    ///
    /// Cases are taken together only where they followed the same text. Texts for which a case is missing do not
    /// count, unless one failed. Among those that count `text` comes first, then the one drilled last. Nil where
    /// there is none.
    public init?(
        profile: String, drill: String, cases: [String], text: String, in verdicts: [Verdict]
    ) {
        let own = verdicts.filter {
            $0.sandbox.profile == profile && $0.drill == drill && cases.contains($0.case)
                && $0.finished != nil
        }
        let outcomes = Dictionary(grouping: own) { $0.section?.sha256 ?? "" }.compactMap { digest, verdicts in
            digest.isEmpty ? nil : DrillOutcome(cases: cases, digest: digest, verdicts: verdicts)
        }
        let ofText = outcomes.first { $0.sectionSHA256 == text }
        guard let chosen = ofText ?? outcomes.max(by: { $0.finished < $1.finished }) else { return nil }
        self = chosen
    }

    private init?(cases: [String], digest: String, verdicts: [Verdict]) {
        let newest = Dictionary(grouping: verdicts, by: \.case).compactMapValues { ofCase in
            ofCase.max { ($0.finished ?? $0.started) < ($1.finished ?? $1.started) }
        }
        let results = newest.values.map(\.result)
        guard newest.count == cases.count || results.contains(.failed),
            let finished = newest.values.compactMap(\.finished).max()
        else { return nil }
        result =
            results.contains(.failed) ? .failed : results.contains(.unproven) ? .unproven : .passed
        sectionSHA256 = digest
        self.finished = finished
        let recoveries = newest.values.compactMap(\.recoverySeconds)
        recoverySeconds = recoveries.count == newest.count ? recoveries.max() : nil
    }
}
