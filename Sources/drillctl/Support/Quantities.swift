import ArgumentParser

/// A size on the command line: `20G`, `500M`.
struct ByteSize: ExpressibleByArgument {
    let bytes: Int64

    /// Reads a whole number with K, M, G or T behind it, powers of 1024.
    init?(argument: String) {
        let units: [Character: Int64] = ["K": 1 << 10, "M": 1 << 20, "G": 1 << 30, "T": 1 << 40]
        guard let unit = argument.uppercased().last.flatMap({ units[$0] }),
            let number = Int64(argument.dropLast()), number >= 0
        else { return nil }
        let (bytes, overflows) = number.multipliedReportingOverflow(by: unit)
        guard !overflows else { return nil }
        self.bytes = bytes
    }

    /// A size as people read it.
    static func text(_ bytes: Int64) -> String {
        let gibibytes = Double(bytes) / Double(1 << 30)
        return gibibytes >= 1 ? "\(tenths(gibibytes)) GiB" : "\(bytes >> 20) MiB"
    }
}

/// A length of time on the command line: `30d`, `12h`.
struct Age: ExpressibleByArgument {
    let duration: Duration

    /// Reads a whole number with h, d or w behind it.
    init?(argument: String) {
        let hours: [Character: Int64] = ["h": 1, "d": 24, "w": 168]
        guard let unit = argument.last.flatMap({ hours[$0] }), let number = Int64(argument.dropLast()),
            (0...100_000).contains(number)
        else { return nil }
        duration = .seconds(number * unit * 3600)
    }
}

/// Seconds with one decimal, as people read them.
func tenths(_ seconds: Double) -> String {
    let rounded = Int((seconds * 10).rounded())
    return "\(rounded / 10).\(rounded % 10)"
}

/// Seconds with two decimals.
func hundredths(_ seconds: Double) -> String {
    let whole = Int((seconds * 100).rounded())
    return "\(whole / 100)." + (whole % 100 < 10 ? "0" : "") + "\(whole % 100)"
}

/// How many of something: `1 entry`, `2 entries`.
func counted(_ count: Int, _ one: String, _ many: String) -> String {
    "\(count) \(count == 1 ? one : many)"
}
