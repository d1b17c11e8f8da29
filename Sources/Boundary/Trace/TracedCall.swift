/// One system call of a trace, put together where others ran beside it.
struct TracedCall {
    let thread: Int32
    /// The lines on which it began and ended, counted from 1.
    let began: Int
    let ended: Int
    let name: Substring
    /// Its arguments as strace prints them.
    let arguments: Substring
    /// What it returned; nil where that is no number.
    let result: Int64?
    /// The thread or process that it made, as the host numbers it, whatever its namespace calls it.
    let made: Int32?

    init?(thread: Int32, began: Int, ended: Int, call: String, result: String) {
        guard let parenthesis = call.firstIndex(of: "(") else { return nil }
        self.thread = thread
        self.began = began
        self.ended = ended
        name = call[..<parenthesis]
        arguments = call[call.index(after: parenthesis)...]
        let number = Int64(result.prefix { $0.isNumber || $0 == "-" })
        self.result = number
        if let translated = result.firstRange(of: "/* ") {
            made = Int32(result[translated.upperBound...].prefix(while: \.isNumber))
        } else {
            made = number.flatMap { $0 > 0 ? Int32(exactly: $0) : nil }
        }
    }
}
