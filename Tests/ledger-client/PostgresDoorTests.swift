import Boundary
import Foundation
import Ledger
import Synchronization
import Testing

/// PostgreSQL by libpq, where this host has one; elsewhere the lab is the only place that shows it.
@Suite(.enabled(if: FileManager.default.fileExists(atPath: "/usr/lib/postgresql"), "no PostgreSQL here"))
struct PostgresDoorTests {
    func withServer(
        patience: Int = 3000, _ body: (Case, _ server: pid_t) async throws -> Void
    ) async throws {
        var stores = try Case()
        defer { stores.remove() }
        try await stores.makeCertificate()
        let (script, port) = try await stores.serve("database.py")
        defer { script.kill() }
        let text = try String(contentsOfFile: stores.folder + "/postgres.pid", encoding: .utf8)
        let server = try #require(pid_t(text))
        // A postmaster leaves at once on SIGQUIT, and takes its children along.
        defer { kill(server, SIGQUIT) }
        stores.stores = [
            StorePlan(.postgres, addresses: ["localhost:\(port)"], interval: 20, patience: patience)
        ]
        try await body(stores, server)
        kill(server, SIGQUIT)
        // The folder is removed when nobody writes there any more.
        _ = await script.exit()
    }

    @Test func whatIsAcknowledgedIsReadBack() async throws {
        try await withServer { stores, _ in
            try await stores.write { $0.acknowledged.count >= 10 }
            let account = try await stores.account()
            #expect(account.judgement.isSound == true, "\(account)")
            #expect(account.judgement.unknown == 0)
        }
    }

    /// What the administrator says to the server.
    private func say(_ statements: String, to stores: Case) throws {
        let port = try #require(stores.stores.first?.addresses.first?.split(separator: ":").last)
        let psql = Process()
        psql.executableURL = URL(filePath: "/usr/bin/env")
        psql.arguments = [
            "psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-h", stores.folder + "/data", "-p", "\(port)", "-U",
            "root",
            "-c", statements, "erp",
        ]
        psql.standardOutput = FileHandle.nullDevice
        try psql.run()
        psql.waitUntilExit()
        try #require(psql.terminationStatus == 0)
    }

    /// It says INSERT 0 1 and keeps nothing.
    @Test func aServerThatAcknowledgesWithoutWritingLoses() async throws {
        try await withServer { stores, _ in
            try say(
                """
                CREATE FUNCTION forget() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS
                $$ BEGIN DELETE FROM public.ledger WHERE number = NEW.number; RETURN NULL; END $$;
                CREATE TRIGGER forget AFTER INSERT ON ledger FOR EACH ROW EXECUTE FUNCTION forget()
                """, to: stores)
            try await stores.write { $0.acknowledged.count >= 3 }
            let account = try await stores.account()
            #expect(account.judgement.isSound == false)
            #expect(account.judgement.lost.starts(with: [1, 2, 3]))
        }
    }

    /// A commit that waits for a standby is done; whoever is cut off then never hears of it
    /// (PostgreSQL 15, 27.2.8 Synchronous Replication).
    @Test func anAcknowledgementThatIsDroppedIsUnknownAndRecovered() async throws {
        try await withServer { stores, _ in
            let halted = Mutex(false)
            try await stores.write { history in
                let cut =
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'"
                if history.acknowledged.count >= 2, !halted.withLock({ $0 }) {
                    halted.withLock { $0 = true }
                    try? say("ALTER SYSTEM SET synchronous_standby_names = 'nobody'", to: stores)
                    try? say("SELECT pg_reload_conf()", to: stores)
                }
                if halted.withLock({ $0 }) { try? say(cut, to: stores) }
                return history.writes.count { $0.answered != nil && $0.outcome == .unknown } >= 2
            }
            let account = try await stores.account()
            #expect(account.judgement.isSound == true, "\(account)")
            #expect(account.judgement.recovered.count >= 2)
        }
    }

    @Test func aServerThatStandsStillIsUnknownInTimeAndGoesOnAfterwards() async throws {
        try await withServer(patience: 500) { stores, server in
            let children = { @Sendable () -> [pid_t] in
                let path = "/proc/\(server)/task/\(server)/children"
                let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
                return text.split(separator: " ").compactMap { pid_t($0) }
            }
            defer { for process in children() + [server] { kill(process, SIGCONT) } }
            let halted = Mutex(false)
            try await stores.write { history in
                let stopped = halted.withLock { $0 }
                if history.acknowledged.count >= 2, !stopped {
                    halted.withLock { $0 = true }
                    for process in children() + [server] { kill(process, SIGSTOP) }
                }
                // The first is in flight; those after it find nobody who takes their connection.
                if stopped,
                    history.writes.count(where: { $0.outcome != .acknowledged && $0.answered != nil }) >= 3
                {
                    for process in children() + [server] { kill(process, SIGCONT) }
                }
                let last = history.writes.last { $0.answered != nil }
                let failed = history.writes.count { $0.outcome != .acknowledged && $0.answered != nil }
                return stopped && failed >= 3 && last?.outcome == .acknowledged
            }
            let account = try await stores.account()
            #expect(account.judgement.isSound == true, "\(account)")
            #expect(account.judgement.unknown + account.judgement.refused >= 3)
        }
    }

    @Test func aWrongPasswordRefuses() async throws {
        try await withServer { stores, _ in
            try stores.write(#"{"postgres": {"user": "ledger", "password": "wrong"}}"#, to: "ledger.json")
            try await stores.write { $0.writes.contains { $0.outcome == .refused } }
            let text = try String(contentsOfFile: stores.journalPath, encoding: .utf8)
            #expect(text.contains("password authentication failed"))
            #expect(!text.contains("wrong"))
            #expect(try await stores.account().judgement.isSound == nil)
        }
    }
}
