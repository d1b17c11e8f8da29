/// A trace taken apart: its calls in the order of their beginnings, and who was where.
struct TraceReading {
    private(set) var calls: [TracedCall] = []
    private(set) var networks: NetworkHistory
    /// The programs that each thread ran, by line.
    private var programs: [Int32: [(line: Int, path: Substring)]] = [:]

    init(_ trace: String, host: String) throws {
        networks = NetworkHistory(host: host)
        /// Calls that have begun and not ended, by their thread.
        var open: [Int32: (line: Int, said: String)] = [:]
        for (index, text) in trace.split(separator: "\n").enumerated() {
            let number = index + 1
            guard let line = TraceLine(text) else { throw TraceError(line: number, "it is none of strace's") }
            switch line.content {
            case .call(let call, let result):
                try take(line.thread, number, number, call, result)
            case .begun(let said):
                open[line.thread] = (number, said)
            case .resumed(let rest):
                guard let begun = open.removeValue(forKey: line.thread),
                    case .call(let call, let result)? = TraceLine.whole(begun.said + rest)
                else { throw TraceError(line: number, "it ends a call that never began") }
                try take(line.thread, begun.line, number, call, result)
            case .superseded(let other):
                open[line.thread] = open.removeValue(forKey: other)
                networks.supersede(line.thread, by: other, line: number)
            case .end:
                // A call in hand counts too: it may have opened what nobody saw it return.
                if let begun = open.removeValue(forKey: line.thread) {
                    try take(line.thread, begun.line, number, begun.said, "?")
                }
            }
        }
        for (thread, begun) in open { try take(thread, begun.line, Int.max, begun.said, "?") }
        calls.sort { $0.began < $1.began }
        for call in calls { networks.take(call) }
    }

    private mutating func take(
        _ thread: Int32, _ began: Int, _ ended: Int, _ call: String, _ result: String
    ) throws {
        guard
            let call = TracedCall(thread: thread, began: began, ended: ended, call: call, result: result)
        else { throw TraceError(line: began, "it is no call") }
        calls.append(call)
        guard call.name == "execve", call.result == 0 else { return }
        let path = call.arguments.drop { $0 != "\"" }.dropFirst().prefix { $0 != "\"" }
        programs[thread, default: []].append((ended, path))
    }

    /// The program that a thread ran when it came to a line: its own, or the one of whoever made it.
    func program(_ thread: Int32, at line: Int) -> String {
        let birth = networks.parent(of: thread, at: line)
        let own = programs[thread]?.last { $0.line <= line && $0.line > birth?.line ?? 0 }
        if let own { return String(own.path) }
        return birth.map { program($0.thread, at: $0.line) } ?? "a program that was there before the trace"
    }
}
