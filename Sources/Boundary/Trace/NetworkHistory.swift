/// In which network each thread of a trace was, at each line: the host's, or one made apart from it.
struct NetworkHistory {
    private struct Birth {
        let line: Int
        let parent: Int32
        let isApart: Bool
    }

    private var births: [Int32: [Birth]] = [:]
    /// Where a thread went by itself, by the line after which it was there.
    private var moves: [Int32: [(line: Int, isApart: Bool)]] = [:]
    /// The host's network as the kernel names it, such as `net:[4026531833]`.
    private let host: String

    init(host: String) { self.host = host }

    /// Takes a call that makes threads or networks or changes to another.
    mutating func take(_ call: TracedCall) {
        let makesNetwork = call.arguments.contains("CLONE_NEWNET")
        switch call.name {
        case "clone", "clone3", "fork", "vfork":
            guard let made = call.made else { return }
            births[made, default: []].append(
                Birth(line: call.began, parent: call.thread, isApart: makesNetwork))
        case "unshare" where makesNetwork && call.result == 0:
            moves[call.thread, default: []].append((call.ended, true))
        case "setns" where call.result == 0 && (makesNetwork || call.arguments.contains("net:[")):
            // A descriptor that strace cannot name may lead back to the host's network: it counts as that.
            let isApart = call.arguments.contains("net:[") && !call.arguments.contains(host)
            moves[call.thread, default: []].append((call.ended, isApart))
        default: break
        }
    }

    /// Takes that a process's first thread went on as another of its threads.
    mutating func supersede(_ thread: Int32, by other: Int32, line: Int) {
        births[thread, default: []].append(Birth(line: line, parent: other, isApart: false))
    }

    /// Whether the thread was in a network other than the host's; one whose beginning was not traced counts as in the host's.
    func isApart(_ thread: Int32, at line: Int) -> Bool {
        let birth = birth(of: thread, before: line)
        let move = moves[thread]?.filter { $0.line < line && $0.line > birth?.line ?? 0 }.max {
            $0.line < $1.line
        }
        if let move { return move.isApart }
        guard let birth else { return false }
        return birth.isApart || isApart(birth.parent, at: birth.line)
    }

    /// The thread that made this one, and the line of it.
    func parent(of thread: Int32, at line: Int) -> (thread: Int32, line: Int)? {
        birth(of: thread, before: line).map { ($0.parent, $0.line) }
    }

    /// Numbers are given again: the latest thread of this one.
    private func birth(of thread: Int32, before line: Int) -> Birth? {
        births[thread]?.filter { $0.line < line }.max { $0.line < $1.line }
    }
}
