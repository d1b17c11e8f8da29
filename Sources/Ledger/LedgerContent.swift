/// What a write holds: derived from store, prefix and number, so that a reader needs nothing else.
public enum LedgerContent {
    /// The content of one write: a line of text without its newline, some 200 bytes.
    ///
    /// The first words are for a person. The rest is noise of the same seed, so that a write which was cut
    /// short, overwritten in part or mixed with another is seen to be so.
    public static func of(store: String, prefix: String, number: Int) -> String {
        let title = "write \(number) of \(store) in \(prefix):"
        var seed = title.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { hash, byte in
            (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
        }
        return (0..<8).reduce(into: title) { text, _ in text += " " + word(&seed) }
    }

    /// Sixteen hexadecimal digits. Source: SplitMix64, https://prng.di.unimi.it/splitmix64.c
    private static func word(_ state: inout UInt64) -> String {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        mixed ^= mixed >> 31
        let digits = String(mixed, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
