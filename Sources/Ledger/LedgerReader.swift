/// Puts a journal together line by line.
struct LedgerReader {
    /// A line that does not fit those before it.
    struct Contradiction: Error {
        let words: String
    }

    private(set) var prefix = ""
    private(set) var stores: [String: LedgerJournal.Store] = [:]
    private(set) var notes: [String] = []
    /// Where in its store's history each number stands.
    private var places: [String: [Int: Int]] = [:]
    /// The readings that are not complete yet.
    private var open: [String: Reading] = [:]
    /// When the client last began.
    private var began: Double?

    mutating func take(_ line: LedgerLine) throws {
        switch line.event {
        case .began:
            let named = try need(line.prefix, "prefix", line)
            guard prefix.isEmpty || prefix == named else {
                throw Contradiction(words: "it begins \(named), and the journal is \(prefix)'s")
            }
            prefix = named
            end()
            began = line.at
        case .note:
            notes.append(try need(line.detail, "detail", line))
        case .sent:
            try send(try number(line), store: try store(line), at: line.at)
        case .acknowledged:
            try answer(line, .acknowledged)
        case .refused:
            try answer(line, .refused)
        case .unknown:
            try answer(line, .unknown)
        case .found:
            let content = try need(line.content, "content", line)
            let found = Reading.Found(number: try number(line), content: content)
            open[try store(line), default: Reading(began: began ?? line.at, found: [])].found.append(found)
        case .read:
            let count = try need(line.count, "count", line)
            let found = open[try store(line)]?.found.count ?? 0
            try close(line, failure: found == count ? nil : "\(found) of \(count) lines are in the journal")
        case .unreadable:
            try close(line, failure: line.detail ?? "it could not be read")
        }
    }

    /// Ends readings that the client left unfinished.
    mutating func end() {
        for (store, reading) in open {
            var reading = reading
            reading.failure = "the reading was cut off"
            stores[store, default: .init()].readings.append(reading)
        }
        open = [:]
    }

    private mutating func send(_ number: Int, store: String, at moment: Double) throws {
        guard number > 0, places[store]?[number] == nil else {
            throw Contradiction(words: "write \(number) of \(store) is sent a second time, or is none")
        }
        // A client counts on: what is missing in between was cut out, and could be a write that was lost.
        if let last = stores[store]?.history.writes.last, number != last.number + 1 {
            throw Contradiction(words: "write \(number) of \(store) follows write \(last.number)")
        }
        places[store, default: [:]][number] = stores[store]?.history.writes.count ?? 0
        stores[store, default: .init()].history.writes.append(.init(number: number, sent: moment))
    }

    private mutating func answer(_ line: LedgerLine, _ outcome: WriteHistory.Outcome) throws {
        let (store, number) = (try store(line), try number(line))
        guard let place = places[store]?[number] else {
            throw Contradiction(words: "write \(number) of \(store) is answered and was never sent")
        }
        guard stores[store]?.history.writes[place].answered == nil else {
            throw Contradiction(words: "write \(number) of \(store) is answered a second time")
        }
        stores[store]?.history.writes[place].answered = line.at
        stores[store]?.history.writes[place].outcome = outcome
    }

    private mutating func close(_ line: LedgerLine, failure: String?) throws {
        let store = try store(line)
        var reading = open.removeValue(forKey: store) ?? Reading(began: began ?? line.at, found: [])
        reading.failure = failure
        stores[store, default: .init()].readings.append(reading)
    }

    private func store(_ line: LedgerLine) throws -> String { try need(line.store, "store", line) }
    private func number(_ line: LedgerLine) throws -> Int { try need(line.number, "number", line) }

    private func need<Value>(_ value: Value?, _ name: String, _ line: LedgerLine) throws -> Value {
        guard let value else { throw Contradiction(words: "\(line.event.rawValue) without \(name)") }
        return value
    }
}
