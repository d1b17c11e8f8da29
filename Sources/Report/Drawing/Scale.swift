/// Seconds on a line: the one scale of a drawing, from 0 to its end.
struct Scale {
    /// The seconds at the right end; more than 0.
    let end: Double
    /// How many units of the drawing that is.
    let width: Double

    init(end: Double, width: Double = 1000) {
        self.end = max(end, 1)
        self.width = width
    }

    /// Where a second stands.
    func x(_ second: Double) -> Double { min(max(second, 0), end) / end * width }

    /// The same in hundredths of the whole, for what stands over the drawing.
    func percent(_ second: Double) -> Double { min(max(second, 0), end) / end * 100 }

    /// Round seconds for an axis: as many as a telephone has room for.
    var ticks: [Double] {
        let steps: [Double] = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200]
        let step = steps.first { end / $0 <= 5 } ?? end
        return Array(stride(from: 0, through: end, by: step))
    }

    /// Seconds as an axis has room for: `0:30`, `12:00`, `1:05:00`.
    static func clock(_ seconds: Double) -> String {
        // A damaged file may hold any number.
        guard seconds.isFinite, abs(seconds) < 1e12 else { return "?" }
        let whole = Int(seconds.rounded())
        let padded = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
        let minutes = whole / 60
        let head = minutes < 60 ? "\(minutes)" : "\(minutes / 60):\(padded(minutes % 60))"
        return "\(head):\(padded(whole % 60))"
    }
}
