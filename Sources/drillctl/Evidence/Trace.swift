import ArgumentParser
import Boundary
import DrillKit
import Foundation

/// Judges a recorded trace of sockets.
struct Trace: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Judge a trace: nothing outside of the wall may open an IP socket.",
        discussion: """
            Reads what Scripts/wall-trace.sh recorded with strace. A process is behind the wall from the call on \
            by which it, or what started it, came into a network other than the host's. All others may open Unix \
            sockets and netlink's, which sends nothing; each socket of another family, each address of another \
            that is connected or bound to, and io_uring, whose sockets no trace shows, is told with line, process \
            and call.

            Exits 0 when there is none, 1 when there is one, 2 when the trace proves nothing.

            Example:
              $ make drill FILTER=VaultSeal TRACE=trace.txt
              $ drillctl trace trace.txt
            """)

    @Argument(help: "The trace.") var file: String
    @Option(help: ArgumentHelp("The host's network, if not that of this command.", valueName: "net:[N]"))
    var host: String?

    func run() throws {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw DrillError(
                "\(file) cannot be read", next: "record one: make drill FILTER=VaultSeal TRACE=trace.txt")
        }
        let own = try host ?? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/ns/net")
        let trace = try SocketTrace(String(decoding: data, as: UTF8.self), host: own)
        for finding in trace.findings { answer(finding.description) }
        answer(
            "\(trace.outside) sockets outside the wall, \(trace.behind) behind it: "
                + "\(trace.findings.count) calls that speak IP outside")
        if !trace.findings.isEmpty { throw ExitStatus.no }
    }
}
