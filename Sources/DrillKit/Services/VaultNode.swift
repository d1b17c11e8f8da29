import Boundary
import Foundation

/// Vault's HTTP API on one node, as far as drills need it; OpenBao speaks the same.
///
/// Source of paths and fields: the API documentation of OpenBao 2.x, `/sys/seal-status`, `/sys/leader`,
/// `/sys/storage/raft` and `/secret/data` (KV version 2).
public struct VaultNode: Sendable {
    /// The machine's name.
    public let name: String
    private let client: HTTPClient

    init(name: String, socket: String, authority: String) throws {
        self.name = name
        self.client = try HTTPClient(socket: socket, base: "https://\(name):8200", authority: authority)
    }

    /// What a node says of its own seal, asked without a token.
    public struct SealStatus: Sendable, Codable, Equatable {
        /// Whether the node is sealed.
        public let sealed: Bool
    }

    /// What a node says of the cluster's leader.
    public struct Leader: Sendable, Codable, Equatable {
        /// Whether the node itself is active.
        public let isSelf: Bool
        /// The active node's address as the node knows it; absent or empty while there is none.
        public let leaderAddress: String?

        enum CodingKeys: String, CodingKey {
            case isSelf = "is_self"
            case leaderAddress = "leader_address"
        }
    }

    /// One server of the raft configuration.
    public struct Peer: Sendable, Codable, Equatable {
        /// The node's id, which is its name here.
        public let node: String
        /// Whether its vote counts.
        public let voter: Bool

        enum CodingKeys: String, CodingKey {
            case node = "node_id"
            case voter
        }
    }

    /// Asks for the seal's status.
    public func sealStatus(deadline: Duration = .seconds(5)) async throws -> SealStatus {
        try await ask("GET", "sys/seal-status", deadline: deadline)
    }

    /// Asks who leads.
    public func leader(deadline: Duration = .seconds(5)) async throws -> Leader {
        try await ask("GET", "sys/leader", deadline: deadline)
    }

    /// Asks for the raft configuration.
    public func peers(token: String, deadline: Duration = .seconds(5)) async throws -> [Peer] {
        struct Answer: Decodable {
            struct Data: Decodable { let config: Config }
            struct Config: Decodable { let servers: [Peer] }
            let data: Data
        }
        let answer: Answer = try await ask(
            "GET", "sys/storage/raft/configuration", token: token, deadline: deadline)
        return answer.data.config.servers
    }

    /// Asks whether every server keeps up with the leader, as autopilot sees it: the configuration has the dead as well.
    public func isHealthy(token: String, deadline: Duration = .seconds(5)) async throws -> Bool {
        struct Answer: Decodable {
            struct Data: Decodable { let healthy: Bool }
            let data: Data
        }
        let answer: Answer = try await ask(
            "GET", "sys/storage/raft/autopilot/state", token: token, deadline: deadline)
        return answer.data.healthy
    }

    /// Gives one share.
    public func unseal(share: String) async throws -> SealStatus {
        try await ask("PUT", "sys/unseal", body: ["key": share], deadline: .seconds(30))
    }

    /// Makes the active node give up its lead.
    public func stepDown(token: String) async throws {
        _ = try await send("PUT", "sys/step-down", token: token, deadline: .seconds(10))
    }

    /// Takes a node out of the raft configuration; asked of the active node.
    public func removePeer(_ peer: String, token: String) async throws {
        _ = try await send(
            "POST", "sys/storage/raft/remove-peer", token: token, body: ["server_id": peer],
            deadline: .seconds(10))
    }

    /// Writes one secret of the KV engine; returns only once the server acknowledged it.
    public func write(
        _ path: String, _ data: [String: String], token: String, deadline: Duration
    ) async throws {
        _ = try await send(
            "POST", "secret/data/\(path)", token: token, body: ["data": data], deadline: deadline)
    }

    /// Reads one secret of the KV engine; nil when there is none.
    public func read(_ path: String, token: String, deadline: Duration) async throws -> [String: String]? {
        struct Answer: Decodable {
            struct Data: Decodable { let data: [String: String]? }
            let data: Data
        }
        do {
            let answer: Answer = try await ask("GET", "secret/data/\(path)", token: token, deadline: deadline)
            return answer.data.data
        } catch let refusal as VaultRefusal where refusal.status == 404 {
            return nil
        }
    }

    /// The ids of the leases that are out below a path; none when there are none.
    public func leases(below path: String, token: String) async throws -> [String] {
        struct Answer: Decodable {
            struct Data: Decodable { let keys: [String] }
            let data: Data
        }
        do {
            let answer: Answer = try await ask(
                "GET", "sys/leases/lookup/\(path)?list=true", token: token, deadline: .seconds(5))
            return answer.data.keys
        } catch let refusal as VaultRefusal where refusal.status == 404 {
            return []
        }
    }

    private func ask<Answer: Decodable>(
        _ method: String, _ path: String, token: String? = nil, body: (any Encodable & Sendable)? = nil,
        deadline: Duration
    ) async throws -> Answer {
        try JSONDecoder().decode(
            Answer.self,
            from: try await send(method, path, token: token, body: body, deadline: deadline))
    }

    private func send(
        _ method: String, _ path: String, token: String?, body: (any Encodable & Sendable)? = nil,
        deadline: Duration
    ) async throws -> Data {
        var headers = ["Content-Type": "application/json"]
        if let token { headers["X-Vault-Token"] = token }
        let response = try await client.send(
            method, "/v1/\(path)", headers: headers,
            body: body.map { Array(try JSONEncoder().encode($0)) } ?? nil, deadline: deadline)
        guard (200..<300).contains(response.status) else {
            throw VaultRefusal(
                node: name, path: path, status: response.status,
                text: String(decoding: response.body.prefix(300), as: UTF8.self))
        }
        return Data(response.body)
    }
}

/// An answer of Vault that says no.
public struct VaultRefusal: Error, CustomStringConvertible {
    /// The node that answered.
    public let node: String
    /// The API path.
    public let path: String
    /// The HTTP status; 503 while sealed.
    public let status: Int
    /// The beginning of the answer's body.
    public let text: String

    /// The refusal in one line.
    public var description: String { "Vault on \(node) answered \(status) to \(path): \(text)" }
}
