import CPQ

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// One connection of libpq, never blocking longer than its deadline says.
///
/// libpq's own `connect_timeout` holds for its blocking calls alone and `tcp_user_timeout` for data that nobody
/// acknowledges; a server that accepts and stays silent is seen by waiting here with `poll`.
final class PostgresLine {
    /// What a statement came to.
    struct Failure: Error, CustomStringConvertible {
        var description: String
        /// SQLSTATE; nil when the server did not say it, so that it may have done the work all the same.
        var state: String?
    }

    private let connection: OpaquePointer

    /// Connects; nothing but the greeting is sent.
    init(_ parameters: [(String, String)], by deadline: Deadline) throws(Failure) {
        let words = parameters.map { "\($0.0)='\(Self.quoted($0.1))'" }.joined(separator: " ")
        guard let connection = PQconnectStart(words) else {
            throw Failure(description: "libpq has no memory for a connection")
        }
        self.connection = connection
        // The object is whole from here on, so that every throw lets the connection go.
        // What a server says beside its answers (that it ends, say) goes nowhere: libpq's own way is standard error, which
        // is the journal.
        PQsetNoticeProcessor(connection, { _, _ in }, nil)
        var next = PGRES_POLLING_WRITING
        while PQstatus(connection) != CONNECTION_BAD, next != PGRES_POLLING_OK {
            if next == PGRES_POLLING_FAILED { break }
            let events = next == PGRES_POLLING_READING ? POLLIN : POLLOUT
            guard deadline.wait(for: PQsocket(connection), Int32(events)) else {
                throw Failure(description: "no connection in time")
            }
            next = PQconnectPoll(connection)
        }
        guard PQstatus(connection) == CONNECTION_OK, PQsetnonblocking(connection, 1) == 0 else {
            throw Failure(description: "no connection: " + message)
        }
    }

    deinit { PQfinish(connection) }

    /// Runs one statement in a transaction of its own and returns its rows as text.
    func run(
        _ statement: String, _ values: [String] = [], by deadline: Deadline
    ) throws(Failure) -> [[String]] {
        let texts = values.map { strdup($0) }
        defer { for text in texts { free(text) } }
        let pointers = texts.map { text in text.map { UnsafePointer($0) } }
        let sent = PQsendQueryParams(
            connection, statement, Int32(values.count), nil, pointers, nil, nil, 0)
        guard sent == 1 else { throw Failure(description: message) }
        try flush(by: deadline)
        var rows: [[String]] = []
        var failure: Failure?
        while let result = try next(by: deadline) {
            defer { PQclear(result) }
            switch PQresultStatus(result) {
            case PGRES_COMMAND_OK: break
            case PGRES_TUPLES_OK: rows += Self.rows(result)
            default:
                let state = PQresultErrorField(result, PQ.sqlState).map { String(cString: $0) }
                failure =
                    failure ?? Failure(description: Self.line(PQresultErrorMessage(result)), state: state)
            }
        }
        if let failure { throw failure }
        return rows
    }

    private enum PQ {
        /// PG_DIAG_SQLSTATE, which is a character constant that Swift does not import as a number.
        static let sqlState = Int32(UInt8(ascii: "C"))
    }

    private func flush(by deadline: Deadline) throws(Failure) {
        while true {
            switch PQflush(connection) {
            case 0: return
            case 1:
                guard deadline.wait(for: PQsocket(connection), Int32(POLLIN | POLLOUT)) else {
                    throw Failure(description: "it could not be sent in time")
                }
                _ = PQconsumeInput(connection)
            default: throw Failure(description: message)
            }
        }
    }

    private func next(by deadline: Deadline) throws(Failure) -> OpaquePointer? {
        while PQisBusy(connection) == 1 {
            guard deadline.wait(for: PQsocket(connection), Int32(POLLIN)) else {
                throw Failure(description: "no answer in time")
            }
            guard PQconsumeInput(connection) == 1 else { throw Failure(description: message) }
        }
        return PQgetResult(connection)
    }

    private static func rows(_ result: OpaquePointer) -> [[String]] {
        (0..<PQntuples(result)).map { row in
            (0..<PQnfields(result)).map { String(cString: PQgetvalue(result, row, $0)) }
        }
    }

    private var message: String { Self.line(PQerrorMessage(connection)) }

    private static func line(_ text: UnsafePointer<CChar>?) -> String {
        guard let text else { return "no reason given" }
        return String(cString: text).split(whereSeparator: \.isNewline).joined(separator: " ")
    }

    private static func quoted(_ value: String) -> String {
        value.replacing("\\", with: "\\\\").replacing("'", with: "\\'")
    }
}
