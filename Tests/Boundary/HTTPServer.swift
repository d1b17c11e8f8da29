import Boundary
import Foundation
import Testing

/// A real HTTP/1.1 server on a Unix socket inside a namespace, plain and with TLS for the name `pi1`.
struct HTTPServer {
    var plain: String
    var tls: String
    var authority: String

    static func start(in namespace: Namespace, folder: String) async throws -> HTTPServer {
        try script.write(toFile: folder + "/server.py", atomically: true, encoding: .utf8)
        let made = try await namespace.run(
            [
                "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
                "-nodes",
                "-days", "2", "-subj", "/CN=pi1", "-addext", "subjectAltName=DNS:pi1", "-keyout",
                "/sandbox/key.pem", "-out", "/sandbox/ca.pem",
            ], deadline: .seconds(30))
        try #require(made.succeeded, "\(made.errorText)")
        let process = try await namespace.start(
            ["python3", "-I", "/sandbox/server.py"], log: folder + "/server.log")
        let server = HTTPServer(
            plain: folder + "/http.sock", tls: folder + "/https.sock", authority: folder + "/ca.pem")
        let client = try HTTPClient(socket: server.plain, base: "http://pi1")
        try await eventually(
            "the server to answer", within: .seconds(30),
            hopeless: { process.exit.map { "it exited \($0)" } },
            { try await client.send("GET", "/hello") })
        return server
    }

    private static let script = #"""
        import http.server, socketserver, ssl, threading, time
        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            def address_string(self): return "unix"
            def answer(self, status, body, **headers):
                self.send_response(status)
                for name, value in headers.items(): self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            def do_GET(self):
                if self.path == "/slow": open("/sandbox/slow", "w").close(); time.sleep(60)
                if self.path == "/drop": self.close_connection = True; return
                if self.path == "/redirect": return self.answer(302, b"", Location="http://192.0.2.1/")
                if self.path == "/garbage": self.wfile.write(b"SSH-2.0-x\r\n\r\n"); self.close_connection = True; return
                self.answer(503 if self.path == "/sealed" else 200, b"hello " + self.path.encode())
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                self.answer(200, self.command.encode() + b" " + self.headers["X-Vault-Token"].encode() + b" " + body)
            do_PUT = do_LIST = do_POST
        class Server(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
            daemon_threads = True
        class Secure(Server):
            def get_request(self):
                connection, peer = self.socket.accept()
                return context.wrap_socket(connection, server_side=True, do_handshake_on_connect=False), peer
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain("/sandbox/ca.pem", "/sandbox/key.pem")
        plain, secure = Server("/sandbox/http.sock", Handler), Secure("/sandbox/https.sock", Handler)
        threading.Thread(target=secure.serve_forever).start()
        plain.serve_forever()
        """#
}

/// A namespace with its folder at `/sandbox` and the server in it.
func withServer<Value>(_ body: (HTTPServer, Namespace, String) async throws -> Value) async throws -> Value {
    let folder = "/tmp/http-\(getpid())-\(UInt32.random(in: 0..<0xffff))"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let mount = Mount(source: folder, target: "/sandbox", writable: true)
    return try await withNamespace(mounts: [mount]) { namespace, _ in
        let server = try await HTTPServer.start(in: namespace, folder: folder)
        return try await body(server, namespace, folder)
    }
}
