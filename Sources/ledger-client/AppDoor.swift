import Foundation

/// The canary app's API, which two stores lie behind.
struct AppAPI {
    let http: HTTPLine
    let base: String
    let token: String

    /// Sends a write and judges its answer.
    ///
    /// Only 201 acknowledges. A 4xx refuses, save 409: something of that name is there, and it may be ours. A 5xx
    /// may come after the COMMIT or the rename, so nobody knows.
    func write(_ method: String, _ path: String, type: String, _ body: Data, _ patience: Int) -> Answer {
        do {
            let response = try http.send(
                method, base + path, headers: [authorization, "Content-Type: \(type)"], body: body,
                by: Deadline(milliseconds: patience))
            if response.status == 201 { return .acknowledged }
            let final = (400..<500).contains(response.status) && ![408, 409].contains(response.status)
            let words = "\(base) answered \(response.words)"
            return final ? .refused(words) : .unknown(words)
        } catch {
            return error.mayHaveArrived ? .unknown("\(error)") : .refused("\(error)")
        }
    }

    /// Asks for a list.
    func list<Entry: Decodable>(_ path: String, by deadline: Deadline) throws -> [Entry] {
        let response = try http.send("GET", base + path, headers: [authorization], by: deadline)
        guard response.status == 200 else { throw DoorError("GET \(base + path) answered \(response.words)") }
        do {
            return try JSONDecoder().decode([Entry].self, from: response.body)
        } catch { throw DoorError("GET \(base + path) answered something else: \(response.words)") }
    }

    private var authorization: String { "Authorization: Bearer \(token)" }
}

/// Rows of the shortener's database through the app: one link for each write.
final class AppDoor: Door {
    let namePrefix = "ledger-"
    private let api: AppAPI

    init(_ http: HTTPLine, base: String, token: String) {
        api = AppAPI(http: http, base: base, token: token)
    }

    func write(_ number: Int, _ content: String, patience: Int) -> Answer {
        guard let body = try? JSONEncoder().encode(["slug": "ledger-\(number)", "target": content]) else {
            return .refused("the write cannot be spelled as JSON")
        }
        return api.write("POST", "/links", type: "application/json", body, patience)
    }

    func readAll(by deadline: Deadline) throws -> [Found] {
        struct Link: Decodable {
            let slug: String
            let target: String
        }
        let links: [Link] = try api.list("/links?prefix=ledger-", by: deadline)
        return links.map { Found(name: $0.slug, content: $0.target) }
    }
}
