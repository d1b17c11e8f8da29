public import Foundation

/// A journal as it was read: for each store its writes and its readings.
public struct LedgerJournal: Sendable, Equatable {
    /// What one store was sent and what was read back.
    public struct Store: Sendable, Equatable {
        /// The writes.
        public var history = WriteHistory()
        /// The readings, oldest first.
        public var readings: [Reading] = []
    }

    /// The prefix that contents are derived from; empty when nothing began.
    public private(set) var prefix = ""
    /// The stores by name.
    public private(set) var stores: [String: Store] = [:]
    /// What the client wanted a person to know.
    public private(set) var notes: [String] = []
    /// Whether the last line was cut off, as a killed client or a full disk leaves it; it is left out.
    public private(set) var isTorn = false

    /// Reads a journal from its bytes.
    ///
    /// - Throws: `LedgerError` for any line, save a torn last one, that is no line of a ledger or contradicts an
    ///   earlier one.
    public init(parsing data: Data) throws {
        var reader = LedgerReader()
        let lines = data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        // After the last newline stands nothing, or what was being written when the client died.
        for (index, bytes) in lines.enumerated() where !(index == lines.count - 1 && bytes.isEmpty) {
            guard let line = try? JSONDecoder().decode(LedgerLine.self, from: Data(bytes)) else {
                guard index == lines.count - 1 else {
                    let text = String(decoding: bytes.prefix(80), as: UTF8.self)
                    throw LedgerError(line: index + 1, problem: "it is no line of a ledger: \(text)")
                }
                isTorn = true
                break
            }
            do {
                try reader.take(line)
            } catch let error as LedgerReader.Contradiction {
                throw LedgerError(line: index + 1, problem: error.words)
            }
        }
        reader.end()
        prefix = reader.prefix
        stores = reader.stores
        notes = reader.notes
    }

    /// Reads a journal from a file; throws as ``init(parsing:)`` does, and `LedgerError` when there is none.
    public init(contentsOf path: String) throws {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw LedgerError(problem: "\(path) cannot be read")
        }
        try self.init(parsing: data)
    }

    /// How long the off-site box may take for the list of the volume's files (`take_new` of the profile's `offsite/pull`); all
    /// other backups end at one moment.
    private static let listing = 5.0

    /// The account of each store, by name.
    ///
    /// - Parameters:
    ///   - injection: seconds from the case's start to the fault, if there was one.
    ///   - conceding: by store, the seconds since the case's start whose writes its backups concede.
    public func accounts(
        since injection: Double? = nil, conceding windows: [String: ClosedRange<Double>] = [:]
    ) -> [LedgerAccount] {
        stores.sorted { $0.key < $1.key }.map { name, store in
            let judgement = LedgerJudgement(
                store.history, readings: store.readings, conceding: windows[name],
                listing: name == StoreKind.volume.rawValue ? Self.listing : 0
            ) { LedgerContent.of(store: name, prefix: prefix, number: $0) }
            let oldestLost = store.history.writes.filter { judgement.lost.contains($0.number) }.map(\.ended)
                .min()
            return LedgerAccount(
                store: name, judgement: judgement,
                outage: injection.flatMap(store.history.outage),
                longestGap: store.history.longestGap(since: injection ?? 0),
                recoveryPoint: oldestLost.map { max(0, (injection ?? 0) - $0) })
        }
    }
}
