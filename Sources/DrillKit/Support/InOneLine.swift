extension [String: String] {
    /// `name: what` for each, sorted by name, in one line.
    var inOneLine: String {
        sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: "; ")
    }
}
