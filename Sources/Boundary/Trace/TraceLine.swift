/// One line of a trace as `strace -f -o` writes it, in its parts.
struct TraceLine {
    /// What the line tells.
    enum Content: Equatable {
        /// A whole call: its name and arguments, and what it returned.
        case call(String, result: String)
        /// A call that others run beside, without its end.
        case begun(String)
        /// The end of such a call.
        case resumed(String)
        /// The thread that took the place of this process's first one by running a program.
        case superseded(by: Int32)
        /// An exit.
        case end
    }

    /// The thread, as the host numbers it.
    let thread: Int32
    let content: Content

    /// Takes a line apart; nil when it is none of strace's.
    init?(_ line: Substring) {
        let words = line.drop { $0 == " " }
        guard let thread = Int32(words.prefix(while: \.isNumber)) else { return nil }
        let said = words.drop(while: \.isNumber).drop { $0 == " " }
        guard let content = Self.content(said) else { return nil }
        self.thread = thread
        self.content = content
    }

    private static func content(_ said: Substring) -> Content? {
        if said.hasPrefix("+++ superseded by execve in pid ") {
            return Int32(said.dropFirst(32).prefix(while: \.isNumber)).map { .superseded(by: $0) }
        }
        if said.hasPrefix("+++ ") { return .end }
        if said.hasPrefix("<... ") {
            guard let end = said.firstRange(of: " resumed>") else { return nil }
            return .resumed(String(said[end.upperBound...]))
        }
        // `???` is what a thread was about to call when it was killed, and so never did.
        guard said.first?.isLetter == true || said.hasPrefix("???"), said.contains("(") else { return nil }
        // The thread was gone before strace had written its call down: it may have been made.
        if said.hasSuffix("<detached ...>") { return .call(String(said.dropLast(14)), result: "?") }
        if said.hasSuffix("<unfinished ...>") { return .begun(String(said.dropLast(16))) }
        return whole(String(said))
    }

    /// A call with its end; nil when it has none.
    static func whole(_ said: String) -> Content? {
        var end = said.endIndex
        while end > said.startIndex {
            end = said.index(before: end)
            // What a call returned stands behind its last closing parenthesis and blanks.
            guard said[end] == "=", said[..<end].hasSuffix(" ") else { continue }
            let before = said[..<end].reversed().drop { $0 == " " }
            guard before.first == ")" else { continue }
            let call = String(String(before.reversed()).dropLast())
            return .call(call, result: String(said[said.index(after: end)...].drop { $0 == " " }))
        }
        return nil
    }
}
