import Foundation

/// The requests for slots, as files: `<number>.json`, in the order of arrival.
struct SlotQueue: Sendable {
    /// What a request's file says.
    struct Entry: Codable, Sendable {
        var number: Int
        var demand: Demand
        var admitted: Bool
    }

    /// Our own request.
    struct Request: Sendable {
        let number: Int
        let demand: Demand
        let lock: FileLock

        func admit() throws { try write(admitted: true) }

        fileprivate func write(admitted: Bool) throws {
            let entry = Entry(number: number, demand: demand, admitted: admitted)
            try lock.write(JSONEncoder().encode(entry))
        }
    }

    let folder: String

    /// Enters the queue at its end.
    func join(_ demand: Demand) async throws -> Request {
        let turn = try await turnstile()
        defer { turn.release() }
        let number = (numbers.max() ?? 0) + 1
        guard let lock = try FileLock.attempt(path(number), .exclusive) else {
            throw MachineError("\(path(number)) is locked", next: "look who holds it: fuser")
        }
        let request = Request(number: number, demand: demand, lock: lock)
        try request.write(admitted: false)
        return request
    }

    /// Calls `body` with all living requests but one, while nobody else is looking.
    func locked<Result>(besides own: Int, _ body: ([Entry]) throws -> Result) async throws -> Result {
        let turn = try await turnstile()
        defer { turn.release() }
        return try body(numbers.filter { $0 != own }.compactMap(living))
    }

    /// How many requests came before one and are still there, those that run included.
    func requests(before number: Int) -> Int { numbers.count { $0 < number } }

    /// What a request says, if its process lives; the file of a dead one is removed.
    private func living(_ number: Int) throws -> Entry? {
        if let dead = try FileLock.attempt(path(number), .exclusive) {
            dead.remove()
            return nil
        }
        return FileLock.note(at: path(number)).flatMap { try? JSONDecoder().decode(Entry.self, from: $0) }
    }

    private var numbers: [Int] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.compactMap { $0.hasSuffix(".json") ? Int($0.dropLast(5)) : nil }.sorted()
    }

    private func path(_ number: Int) -> String { "\(folder)/\(number).json" }

    private func turnstile() async throws -> FileLock {
        try await FileLock.acquire(
            "\(folder)/lock", .exclusive, within: .seconds(60), every: .milliseconds(5))
    }
}
