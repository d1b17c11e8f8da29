/// Finds the exit statuses that prose announces.
enum ExpectedExits {
    /// 0 and every N of "exits N" or "exits N or M", 0 to 255.
    static func announced(in prose: String) -> Set<Int32> {
        var exits: Set<Int32> = [0]
        for match in prose.matches(of: /\bexits\s+(\d+(?:\s+or\s+\d+)*)/) {
            exits.formUnion(match.1.split(separator: " ").compactMap { UInt8($0) }.map(Int32.init))
        }
        return exits
    }
}
