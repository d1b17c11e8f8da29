/// Names of suites and cases as names of folders.
enum SafeName {
    /// The most characters of a name.
    static let limit = 80

    /// A name of ASCII letters, digits, dots, underscores and hyphens that starts with a letter or digit.
    ///
    /// So it can neither leave its folder nor be hidden in it. Different names can come out the same. A suffix, of such
    /// characters too, is kept whole, and the name before it cut to what room there is.
    static func of(_ name: String, suffix: String = "") -> String {
        var safe = ""
        for character in name {
            if character.isASCII, character.isLetter || character.isNumber || "._-".contains(character) {
                safe.append(character)
            } else if safe.last != "-" {
                safe.append("-")
            }
        }
        let trimmed = safe.drop { "._-".contains($0) }.prefix(limit - suffix.count)
        let ended = trimmed.reversed().drop { "._-".contains($0) }.reversed()
        return (ended.isEmpty ? "unnamed" : String(ended)) + suffix
    }
}
