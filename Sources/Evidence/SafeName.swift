/// Names of suites and cases as names of folders.
enum SafeName {
    /// A name of ASCII letters, digits, dots, underscores and hyphens that starts with a letter or digit.
    ///
    /// So it can neither leave its folder nor be hidden in it. Different names can come out the same.
    static func of(_ name: String) -> String {
        var safe = ""
        for character in name {
            if character.isASCII, character.isLetter || character.isNumber || "._-".contains(character) {
                safe.append(character)
            } else if safe.last != "-" {
                safe.append("-")
            }
        }
        let trimmed = safe.drop { "._-".contains($0) }.prefix(80)
        let ended = trimmed.reversed().drop { "._-".contains($0) }.reversed()
        return ended.isEmpty ? "unnamed" : String(ended)
    }
}
