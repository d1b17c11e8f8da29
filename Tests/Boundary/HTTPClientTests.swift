import Boundary
import Foundation
import Testing

@Suite("The HTTP client") struct HTTPClientTests {
    @Test func sendsMethodHeadersAndBodyAndKeepsItsConnection() async throws {
        try await withServer { server, _, _ in
            let client = try HTTPClient(socket: server.tls, base: "https://pi1", authority: server.authority)
            let first = try await client.send(
                "POST", "/v1/x", headers: ["X-Vault-Token": "t0ken"], body: Array("{}".utf8))
            #expect(first.text == "POST t0ken {}")
            #expect(!first.reusedConnection)
            let second = try await client.send("GET", "/sealed")
            #expect(second.status == 503)
            #expect(second.headers["content-length"] == "13")
            #expect(second.reusedConnection)
            let third = try await client.send("LIST", "/v1/x", headers: ["X-Vault-Token": "a"], body: [])
            #expect(third.text == "LIST a ")
            #expect(third.reusedConnection)
        }
    }

    @Test func followsNoRedirect() async throws {
        try await withServer { server, _, _ in
            let client = try HTTPClient(socket: server.plain, base: "http://pi1")
            let response = try await client.send("GET", "/redirect")
            #expect(response.status == 302)
            #expect(response.headers["location"] == "http://192.0.2.1/")
        }
    }

    @Test func tellsApartWhyThereIsNoAnswer() async throws {
        try await withServer { (server, _, folder) async throws in
            func kind(
                _ socket: String, _ base: String, _ path: String, authority: String? = nil,
                deadline: Duration = .seconds(30)
            ) async throws -> HTTPError.Kind? {
                let client = try HTTPClient(socket: socket, base: base, authority: authority)
                return await #expect(throws: HTTPError.self) {
                    try await client.send("GET", path, deadline: deadline)
                }?.kind
            }
            #expect(try await kind(folder + "/nobody.sock", "http://pi1", "/") == .refused)
            #expect(
                try await kind(server.plain, "http://pi1", "/slow", deadline: .milliseconds(100)) == .timedOut
            )
            #expect(try await kind(server.tls, "https://pi2", "/", authority: server.authority) == .tls)
            #expect(try await kind(server.tls, "https://pi1", "/") == .tls)
            #expect(try await kind(server.plain, "http://pi1", "/drop") == .dropped)
            #expect(try await kind(server.plain, "http://pi1", "/garbage") == .malformed)
        }
    }

    @Test func takesARefusedPortBehindAForwardForUnreachable() async throws {
        try await withServer { server, namespace, folder in
            _ = try await namespace.start(
                ["socat", "UNIX-LISTEN:/sandbox/forward.sock,fork", "TCP:127.0.0.1:8200"],
                log: folder + "/socat.log")
            let forward = folder + "/forward.sock"
            try await eventually("the forward", within: .seconds(30)) {
                FileManager.default.fileExists(atPath: forward) ? true : nil
            }
            for base in ["https://pi1", "http://pi1"] {
                let client = try HTTPClient(socket: forward, base: base, authority: server.authority)
                for _ in 0..<10 {
                    let error = await #expect(throws: HTTPError.self) { try await client.send("GET", "/") }
                    #expect(
                        error?.kind == .refused || error?.kind == .dropped, "\(String(describing: error))")
                }
            }
        }
    }

    @Test func endsSoonWhenItsTaskIsCancelled() async throws {
        try await withServer { server, _, folder in
            let client = try HTTPClient(socket: server.plain, base: "http://pi1")
            let task = Task { try await client.send("GET", "/slow", deadline: .seconds(60)) }
            try await eventually("the request to arrive", within: .seconds(30)) {
                FileManager.default.fileExists(atPath: folder + "/slow") ? true : nil
            }
            let start = ContinuousClock.now
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            #expect(ContinuousClock.now - start < .seconds(30))
        }
    }

    @Test func keepsSecretsOutOfItsErrors() async throws {
        let client = try HTTPClient(socket: "/tmp/nobody-listens.sock", base: "http://pi1")
        let error = await #expect(throws: HTTPError.self) {
            try await client.send(
                "PUT", "/v1/sys?key=hvs.one", headers: ["X-Vault-Token": "hvs.two"],
                body: Array("hvs.three".utf8))
        }
        #expect(
            "\(try #require(error))".hasPrefix("PUT http://pi1/v1/sys over /tmp/nobody-listens.sock refused"))
        #expect(!"\(try #require(error))".contains("hvs"))
    }

    @Test(arguments: ["ftp://pi1", "file:///etc", "pi1", "http://user@pi1"])
    func cannotBeMadeFor(_ base: String) {
        #expect(throws: HTTPError.self) { try HTTPClient(socket: "/tmp/x.sock", base: base) }
    }

    @Test func cannotBeMadeWithoutASocket() {
        #expect(throws: HTTPError.self) { try HTTPClient(socket: "", base: "http://pi1") }
    }
}
