/// How long a recovery may take.
public struct RecoveryBudget: Sendable, Hashable, Codable {
    /// As the map has it, for example "10 min".
    public let text: String
    /// The same in seconds; more than 0.
    public let seconds: Double

    /// Reads "90 s", "10 min" or "2 h"; nil for anything else.
    public init?(_ text: String) {
        let text = text.whitespaceNormalised
        guard let seconds = Self.seconds(text), seconds > 0 else { return nil }
        self.text = text
        self.seconds = seconds
    }

    /// The seconds of a number and a unit with a space between.
    static func seconds(_ text: String) -> Double? {
        let parts = text.split(separator: " ")
        let digits = parts.first?.utf8.allSatisfy { "0123456789.".utf8.contains($0) }
        guard parts.count == 2, digits == true, let number = Double(parts[0]), number.isFinite else {
            return nil
        }
        switch parts[1] {
        case "s": return number
        case "min": return number * 60
        case "h": return number * 3600
        default: return nil
        }
    }
}

/// How much may be lost.
public struct LossBudget: Sendable, Hashable, Codable {
    /// What the loss is counted in.
    public enum Measure: Sendable, Hashable, Codable {
        /// At most so many acknowledged writes.
        case writes(Int)
        /// At most the acknowledged writes of so many seconds before the fault.
        case seconds(Double)
    }

    /// As the map has it, for example "0 writes".
    public let text: String
    /// The same, read.
    public let measure: Measure

    /// Reads "0 writes" or a time as `RecoveryBudget` does; nil for anything else.
    public init?(_ text: String) {
        let text = text.whitespaceNormalised
        self.text = text
        let parts = text.split(separator: " ")
        if parts.count == 2, parts[1] == "writes" || parts[1] == "write", let count = UInt32(parts[0]) {
            measure = .writes(Int(count))
        } else if let seconds = RecoveryBudget.seconds(text) {
            measure = .seconds(seconds)
        } else {
            return nil
        }
    }
}
