import Foundation

/// Vault's KV engine, version 2: one secret for each write.
///
/// Source of paths and fields: the API documentation of OpenBao 2.x, `/secret/data` and `/sys/leader`.
final class VaultDoor: Door {
    let namePrefix = ""
    private let http: HTTPLine
    private let nodes: [String]
    private let token: String
    private let path: String
    private var turn = 0

    init(_ http: HTTPLine, nodes: [String], token: String, prefix: String) {
        self.http = http
        self.nodes = nodes
        self.token = token
        self.path = "lab/drill/\(prefix)"
    }

    /// Writes through the node that answered last; the next write goes to the next node if this one fails.
    func write(_ number: Int, _ content: String, patience: Int) -> Answer {
        let answer = attempt(number, content, by: Deadline(milliseconds: patience))
        if answer != .acknowledged { turn += 1 }
        return answer
    }

    private func attempt(_ number: Int, _ content: String, by deadline: Deadline) -> Answer {
        do {
            let body = try JSONEncoder().encode(["data": ["value": content]])
            let url = "\(nodes[turn % nodes.count])/v1/secret/data/\(path)/\(number)"
            let response = try http.send(
                "POST", url, headers: headers, body: body, by: deadline)
            if (200..<300).contains(response.status) { return .acknowledged }
            let words = "\(nodes[turn % nodes.count]) answered \(response.words)"
            return Self.isFinal(response) ? .refused(words) : .unknown(words)
        } catch let failure as HTTPLine.Failure {
            return failure.mayHaveArrived ? .unknown("\(failure)") : .refused("\(failure)")
        } catch {
            return .refused("\(error)")
        }
    }

    /// Whether the server certainly did not do what it was asked.
    ///
    /// It forbids it (4xx), sends the client elsewhere (3xx), is sealed, or knows no leader to give it to. Any
    /// other 5xx may come from a standby whose leader went away in the middle, and then nobody knows.
    static func isFinal(_ response: HTTPLine.Response) -> Bool {
        let text = String(decoding: response.body, as: UTF8.self)
        return (300..<500).contains(response.status) || text.contains("Vault is sealed")
            || text.contains("local node not active but active cluster node not found")
    }

    /// Reads until a whole reading succeeds: Vault may lose its leader at any moment, for 12 to 16 s on a busy host.
    func readAll(by deadline: Deadline) throws -> [Found] {
        while true {
            do {
                return try readOnce(by: deadline)
            } catch let error where error is NoLeader || error is HTTPLine.Failure {
                guard deadline.left > Self.pause else { throw error }
                usleep(UInt32(Self.pause) * 1000)
            }
        }
    }

    /// Between two readings, in milliseconds.
    private static let pause = 1000

    /// Vault has no leader for the moment, or is about to lose the one it had.
    private struct NoLeader: Error, CustomStringConvertible {
        let description: String
    }

    /// Lists, then reads each, all from the active node: a standby that answers by itself may lag behind.
    ///
    /// A write is sent once: a secret with a second version was written twice, and is found twice.
    private func readOnce(by deadline: Deadline) throws -> [Found] {
        struct Listing: Decodable {
            struct Data: Decodable { let keys: [String] }
            let data: Data
        }
        struct Secret: Decodable {
            struct Data: Decodable {
                let data: [String: String]?
                let metadata: Metadata
            }
            struct Metadata: Decodable { let version: Int }
            let data: Data
        }
        let node = try active(by: deadline)
        let listing = "\(node)/v1/secret/metadata/\(path)?list=true"
        guard let names: Listing = try get(listing, by: deadline) else { return [] }
        return try names.data.keys.flatMap { name -> [Found] in
            let secret: Secret? = try get("\(node)/v1/secret/data/\(path)/\(name)", by: deadline)
            // A deleted secret is listed and has no data: it is not there.
            guard let found = secret?.data, let data = found.data else { return [] }
            let one = Found(name: name, content: data["value"] ?? "no value")
            return found.metadata.version > 1 ? [one, one] : [one]
        }
    }

    private func active(by deadline: Deadline) throws -> String {
        struct Leader: Decodable {
            /// Absent where there is one node and no election.
            let isSelf: Bool?
            let isCluster: Bool
            enum CodingKeys: String, CodingKey {
                case isSelf = "is_self"
                case isCluster = "ha_enabled"
            }
        }
        var said: [String] = []
        for node in nodes {
            do {
                // A node that hangs must not take the time of those after it.
                let share = Deadline(milliseconds: min(5000, deadline.left / (nodes.count + 1)))
                let leader: Leader? = try get("\(node)/v1/sys/leader", by: share)
                if let leader, leader.isSelf == true || !leader.isCluster { return node }
                said.append("\(node) does not lead")
            } catch { said.append("\(error)") }
        }
        throw NoLeader(description: "no node leads: " + said.joined(separator: "; "))
    }

    /// Nil for a 404, which is how Vault says that there is nothing.
    private func get<Value: Decodable>(_ url: String, by deadline: Deadline) throws -> Value? {
        let response = try http.send("GET", url, headers: headers, by: deadline)
        if response.status == 404 { return nil }
        guard response.status < 500 else {
            throw NoLeader(description: "GET \(url) answered \(response.words)")
        }
        guard response.status == 200 else { throw DoorError("GET \(url) answered \(response.words)") }
        do {
            return try JSONDecoder().decode(Value.self, from: response.body)
        } catch { throw DoorError("GET \(url) answered something else: \(response.words)") }
    }

    private var headers: [String] { ["X-Vault-Token: \(token)", "Content-Type: application/json"] }
}
