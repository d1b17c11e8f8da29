import Boundary
import Machines

/// What the databases hold beside the clients' writes: rows that nobody changes, every definition and grant, and how the
/// server keeps its log elsewhere.
struct StandingData: Sendable, Equatable {
    /// A digest for each part, by its name.
    let digests: [String: String]

    /// For histories made by hand.
    init(digests: [String: String]) { self.digests = digests }

    private static let rows = [
        "erp": ["customers", "invoices"], "shortener": ["links WHERE slug LIKE 'seed-%'"],
    ]

    /// Reads it off a healthy server.
    init(of database: Database) async throws {
        var digests: [String: String] = [:]
        for name in Database.names {
            let queries = Self.rows[name, default: []].flatMap { part in
                let table = part.prefix { $0 != " " }
                return [
                    "-c",
                    "SELECT '\(table)', md5(string_agg(r::text, '|' ORDER BY r::text)) FROM (SELECT * FROM \(part)) r",
                ]
            }
            let said = try await database.administrate(["sh", "-c", Self.script, "-", name] + queries)
            guard said.exit == 0 else { throw NotYet("\(name): \(said.stderr)") }
            for line in said.stdout.split(separator: "\n") {
                let words = line.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
                guard words.count == 2 else { continue }
                digests["\(name), \(words[0])"] = String(words[1])
            }
        }
        // Whoever restored it may have left it with another schedule than the one that the losses are conceded for.
        digests["how its log is archived"] = try await database.ask(
            "SELECT string_agg(name || '=' || setting, ' ' ORDER BY name) FROM pg_settings "
                + "WHERE name IN ('archive_mode', 'archive_command', 'archive_timeout', 'wal_level')")
        self.digests = digests
    }

    /// Definitions without the token that pg_dump draws anew each time.
    private static let script = """
        set -eu
        database=$1; shift
        psql -XAtq -v ON_ERROR_STOP=1 "$@" "$database"
        dump=$(pg_dump --schema-only --create "$database")
        printf 'definitions|%s\\n' "$(printf '%s' "$dump" | sed '/^.\\(un\\)\\{0,1\\}restrict /d' | md5sum)"
        """

    /// The parts that are not as they were, sorted.
    func changes(from before: StandingData) -> [String] {
        Set(digests.keys).union(before.digests.keys).sorted().filter { digests[$0] != before.digests[$0] }
    }
}
