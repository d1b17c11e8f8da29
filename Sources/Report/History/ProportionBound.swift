import Foundation

/// How high a rate may truly be when so many of so many were seen.
public enum ProportionBound {
    /// The exact one-sided upper bound at 95 %, after Clopper and Pearson ("The use of confidence or fiducial limits
    /// illustrated in the case of the binomial", Biometrika 26, 1934): the rate at which seeing so few has a chance of 5 %.
    ///
    /// Seeing none of n gives about 3/n, the rule of three. 1 when nothing was tried, or all failed.
    public static func upper(_ seen: Int, of tries: Int, confidence: Double = 0.95) -> Double {
        guard tries > 0, seen < tries else { return 1 }
        var (low, high) = (Double(seen) / Double(tries), 1.0)
        for _ in 0..<60 {
            let middle = (low + high) / 2
            if chance(ofAtMost: seen, of: tries, at: middle) > 1 - confidence {
                low = middle
            } else {
                high = middle
            }
        }
        return high
    }

    /// The binomial distribution's chance of at most `seen`, summed in logarithms so that nothing overflows.
    private static func chance(ofAtMost seen: Int, of tries: Int, at rate: Double) -> Double {
        guard rate > 0, rate < 1 else { return rate >= 1 ? 0 : 1 }
        return (0...seen).reduce(0) { sum, count in
            let ways =
                lgamma(Double(tries + 1)) - lgamma(Double(count + 1)) - lgamma(Double(tries - count + 1))
            return sum + exp(ways + Double(count) * log(rate) + Double(tries - count) * log(1 - rate))
        }
    }
}
