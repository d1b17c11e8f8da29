import Foundation
import Ledger

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A client of the lab's stores, run inside the sandbox's namespace: over real TCP and TLS, one thread a store.
@main
struct LedgerClient {
    /// `ledger-client write|read --plan FILE`: exits 0 when it was stopped or has read, 64 for wrong usage,
    /// 74 when the journal cannot be written, 78 for a plan or credentials that cannot be used.
    static func main() {
        let arguments = Array(CommandLine.arguments.dropFirst())
        guard arguments.count == 3, ["write", "read"].contains(arguments[0]), arguments[1] == "--plan" else {
            fail("usage: ledger-client write|read --plan FILE", status: 64)
        }
        signal(SIGPIPE, SIG_IGN)
        // Inherited as ignored, it would take git's exit status away.
        signal(SIGCHLD, SIG_DFL)
        let plan: LedgerPlan = decode(arguments[2])
        let credentials: LedgerCredentials = decode(plan.credentials)
        let lines = LineWriter(epoch: plan.epoch)
        let visits: [Visit]
        do {
            visits = try plan.stores.map { store in
                // Made once here to find out what is missing; each thread makes its own.
                _ = try Doors.open(store, plan, credentials)
                return Visit(store: store, plan: plan, credentials: credentials, lines: lines)
            }
        } catch {
            fail("\(error)", status: 78)
        }
        let stop = arguments[0] == "write" ? StopSignal() : nil
        lines.put(.began, prefix: plan.prefix, detail: arguments[0], synced: true)
        let everyone = DispatchGroup()
        for visit in visits {
            everyone.enter()
            let thread = Thread {
                if let stop { visit.write(until: stop) } else { visit.read() }
                everyone.leave()
            }
            thread.name = visit.store.store.rawValue
            thread.stackSize = 4 << 20
            thread.start()
        }
        everyone.wait()
        exit(0)
    }

    private static func decode<Value: Decodable>(_ path: String) -> Value {
        do {
            return try JSONDecoder().decode(Value.self, from: Data(contentsOf: URL(filePath: path)))
        } catch {
            // The error's own words may hold what stands in the file.
            let what = error is DecodingError ? "is not what it should be" : "cannot be read"
            fail("\(path) \(what): a \(Value.self) as JSON", status: 78)
        }
    }

    private static func fail(_ words: String, status: Int32) -> Never {
        LineWriter(epoch: Monotonic.nanoseconds).put(.note, detail: words, synced: true)
        exit(status)
    }
}
