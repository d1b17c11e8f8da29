/// Durations as a person reads them: `35 ms`, `4.2 s`, `3 min 05 s`, `1 h 02 min`.
public enum HumanDuration {
    /// Writes a number of seconds; a negative or non-finite one gives `?`.
    public static func text(seconds: Double) -> String {
        guard seconds.isFinite, seconds >= 0, seconds < 1e12 else { return "?" }
        let milliseconds = Int((seconds * 1_000).rounded())
        if milliseconds < 100 { return "\(milliseconds) ms" }
        let tenths = Int((seconds * 10).rounded())
        if tenths < 600 { return "\(tenths / 10).\(tenths % 10) s" }
        let whole = Int(seconds.rounded())
        if whole < 3_600 { return "\(whole / 60) min \(twoDigits(whole % 60)) s" }
        let minutes = Int((seconds / 60).rounded())
        return "\(minutes / 60) h \(twoDigits(minutes % 60)) min"
    }

    /// Writes a duration.
    public static func text(_ duration: Duration) -> String { text(seconds: duration.seconds) }

    private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}

extension Duration {
    /// This duration in seconds, rounded to the millisecond: the form that verdicts and journals hold.
    public var seconds: Double {
        let (whole, attoseconds) = components
        return ((Double(whole) + Double(attoseconds) / 1e18) * 1_000).rounded() / 1_000
    }
}
