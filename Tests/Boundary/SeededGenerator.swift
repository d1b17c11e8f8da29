import Foundation

/// Random numbers that can be had again: a failing test prints the seed, and BOUNDARY_SEED takes it.
struct SeededGenerator: RandomNumberGenerator {
    let seed: UInt64
    private var state: UInt64

    init() {
        let asked = ProcessInfo.processInfo.environment["BOUNDARY_SEED"].flatMap { UInt64($0) }
        seed = asked ?? UInt64.random(in: 0...UInt64(UInt32.max))
        state = seed
    }

    /// What a failure says, so that it can be had again.
    var hint: String { "repeat it with BOUNDARY_SEED=\(seed)" }

    /// SplitMix64 (Steele, Lea and Flood, 2014).
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}

extension Array {
    /// One of an array that is not empty.
    func one(_ generator: inout SeededGenerator) -> Element {
        self[Int.random(in: indices, using: &generator)]
    }
}
