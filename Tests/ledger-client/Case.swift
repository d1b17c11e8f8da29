import Boundary
import Foundation
import Ledger
import Testing

/// The built `ledger-client` in a folder of its own, with the plan, the credentials and the journal of one case.
struct Case: Sendable {
    let folder: String
    var stores: [StorePlan]
    /// The case's start, the same for writer and reader.
    private let epoch: UInt64
    /// The number of the first write.
    var first = 1

    init(_ stores: [StorePlan] = []) throws {
        folder = "/tmp/ledger-\(UUID().uuidString)"
        self.stores = stores
        epoch = Monotonic.nanoseconds
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        try write(
            """
            {"vault": {"token": "v-token"}, "app": {"token": "a-token"},
             "postgres": {"user": "ledger", "password": "p'a\\\\ss"},
             "git": {"user": "ledger", "password": "g-pass"}}
            """, to: "ledger.json")
    }

    func remove() { try? FileManager.default.removeItem(atPath: folder) }

    func write(_ text: String, to name: String) throws {
        try text.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
    }

    var journalPath: String { folder + "/ledger.jsonl" }
    var journal: LedgerJournal { get throws { try LedgerJournal(contentsOf: journalPath) } }

    /// Starts the client as the harness does: both streams into the one journal.
    func start(_ mode: String) throws -> Running {
        let plan = LedgerPlan(
            prefix: "case", epoch: epoch, first: first,
            authority: folder + "/ca.pem", credentials: folder + "/ledger.json", lastTries: 4000,
            stores: stores)
        try plan.encoded().write(to: URL(filePath: folder + "/plan.json"))
        return try Running(
            Self.client, [mode, "--plan", folder + "/plan.json"], output: journalPath,
            environment: ["PATH": "/usr/bin:/bin", "TMPDIR": folder])
    }

    /// Writes until the journal satisfies `enough`, then stops the client as the harness does.
    func write(until enough: @escaping @Sendable (WriteHistory) -> Bool) async throws {
        let store = try #require(stores.first).store.rawValue
        let writer = try start("write")
        defer { writer.kill() }
        try await eventually("enough is written", within: .seconds(120)) {
            let history = try? journal.stores[store]?.history
            return history.map(enough) == true ? () : nil
        }
        writer.terminate()
        #expect(await writer.exit() == 0)
    }

    /// Reads everything back and judges it.
    func account() async throws -> LedgerAccount {
        let reader = try start("read")
        #expect(await reader.exit() == 0)
        return try #require(try journal.accounts().first)
    }

    /// Makes a certificate for 127.0.0.1 and localhost that is its own authority, by the names that servers take.
    func makeCertificate() async throws {
        let openssl = try Running(
            "/usr/bin/openssl",
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                "-days",
                "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
                "-keyout", folder + "/key.pem", "-out", folder + "/ca.pem",
            ], output: folder + "/openssl.log")
        try #require(await openssl.exit() == 0)
    }

    /// Starts a server of this folder's scripts, which tells its port when it listens.
    func serve(_ script: String) async throws -> (Running, port: Int) {
        let path = URL(filePath: #filePath).deletingLastPathComponent().appending(path: script).path
        let said = folder + "/\(script).port"
        let server = try Running("/usr/bin/python3", ["-I", path, folder], output: said)
        let port = try await eventually("\(script) listens", within: .seconds(60)) {
            (try? String(contentsOfFile: said, encoding: .utf8)).flatMap { text in
                text.hasSuffix("\n") ? Int(text.dropLast()) : nil
            }
        }
        return (server, port)
    }

    /// The products' folder, which also holds the test bundle.
    private static var client: String {
        let arguments = CommandLine.arguments.first ?? ""
        return URL(filePath: Bundle.main.executablePath ?? arguments).deletingLastPathComponent()
            .appending(path: "ledger-client").path
    }
}

/// A process of a test.
final class Running: @unchecked Sendable {
    private let process = Process()
    private let ended: AsyncStream<Int32>

    /// Starts it; what it writes is appended to the file.
    init(
        _ program: String, _ arguments: [String], output: String, environment: [String: String]? = nil
    ) throws {
        if !FileManager.default.fileExists(atPath: output) {
            _ = FileManager.default.createFile(atPath: output, contents: nil)
        }
        let descriptor = open(output, O_WRONLY | O_APPEND | O_CLOEXEC)
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.standardOutput = file
        process.standardError = file
        process.standardInput = FileHandle.nullDevice
        if let environment { process.environment = environment }
        let (stream, told) = AsyncStream<Int32>.makeStream()
        ended = stream
        process.terminationHandler = {
            told.yield($0.terminationStatus)
            told.finish()
        }
        try process.run()
    }

    func terminate() { process.terminate() }
    func kill() { if process.isRunning { Foundation.kill(process.processIdentifier, SIGKILL) } }
    func exit() async -> Int32? { await ended.first { _ in true } }
}
