import Synchronization

/// Speaks HTTP to one server through a Unix socket; it cannot be made without one.
///
/// Only http and https, no redirect, no proxy, no cookies, no netrc, no name resolution. The second wall is the
/// open-socket callback, which refuses everything but AF_UNIX. The connection is kept between requests.
///
/// Requests of one client run one after the other on its own thread: what must not wait for another gets its own
/// client.
public final class HTTPClient: Sendable {
    /// The path of the Unix socket that every request goes through.
    public let socket: String
    /// Scheme, name and port, such as `https://pi1:8200`; the name is what the certificate is checked against.
    public let base: String
    private let worker: WorkerThread
    private let transfer: CurlTransfer
    private let prod: ProdAddresses
    private let wall: Wall

    /// Makes a client; nothing is connected to before the first request.
    ///
    /// - Parameters:
    ///   - socket: A path without links, which are not followed.
    ///   - authority: The file of the CA certificates that are trusted, and no others; needed for https. It is read now.
    ///   - prod: The addresses that the base may not name: a redirect that is followed by hand ends here.
    /// - Throws: `HTTPError` of kind `malformed` when the socket's path is empty, or the base is neither http nor https;
    ///   of kind `walled` when it names an address of prod. `BoundaryError` when the authority cannot be read.
    public convenience init(
        socket: String, base: String, authority: String? = nil, prod: ProdAddresses = .lab
    ) throws {
        try self.init(socket: socket, base: base, authority: authority, prod: prod, wall: .whole)
    }

    /// The same behind a wall that may have holes.
    package init(
        socket: String, base: String, authority: String? = nil, prod: ProdAddresses = .lab, wall: Wall
    ) throws {
        guard base.hasPrefix("http://") || base.hasPrefix("https://"), !base.contains("@") else {
            throw HTTPError(
                kind: .malformed, request: "a client", socket: socket,
                detail: "its base is no plain http or https URL", seconds: 0)
        }
        if let address = prod.address(in: base[...]) {
            throw HTTPError(
                kind: .walled, request: base, socket: socket, detail: "it names prod's \(address)",
                seconds: 0, rule: .addresses)
        }
        guard !socket.isEmpty else {
            throw HTTPError(
                kind: .malformed, request: base, socket: socket, detail: "no socket is named", seconds: 0)
        }
        self.socket = socket
        self.base = base
        worker = WorkerThread(name: "http \(base)")
        let trusted = try authority.map { Array(try SharedPath($0).data()) }
        transfer = CurlTransfer(socket: socket, authority: trusted, wall: wall)
        self.prod = prod
        self.wall = wall
    }

    /// Sends one request and gives its answer, whatever its status.
    ///
    /// - Parameters:
    ///   - path: What follows the base, with its slash and query.
    ///   - headers: Header fields; they may hold tokens and appear in no error.
    ///   - deadline: For the whole exchange, waiting for earlier requests of this client included.
    /// - Throws: `HTTPError`, or `CancellationError` (within a second of the cancellation).
    public func send(
        _ method: String = "GET", _ path: String, headers: [String: String] = [:], body: [UInt8]? = nil,
        deadline: Duration = .seconds(10)
    ) async throws -> HTTPResponse {
        guard path.hasPrefix("/") else {
            // Without it the path would become part of the host's name.
            throw HTTPError(
                kind: .malformed, request: method + " " + base, socket: socket,
                detail: "its path does not begin with a slash", seconds: 0)
        }
        let cancelled = CancelFlag()
        let request = CurlTransfer.Request(
            method: method, url: base + path, headers: headers, body: body,
            due: ContinuousClock.now + deadline, cancelled: cancelled)
        let transfer = transfer
        let result = await withTaskCancellationHandler {
            await worker.run { transfer.perform(request) }
        } onCancel: {
            cancelled.set()
        }
        try Task.checkCancellation()
        let response = try result.get()
        if wall.has(.redirects), let location = response.headers["location"],
            let address = prod.address(in: location[...])
        {
            throw HTTPError(
                kind: .walled, request: request.title, socket: socket,
                detail: "a redirect to prod's \(address) is not followed", seconds: response.seconds,
                rule: .redirects)
        }
        return response
    }

    /// What libcurl does when it is asked for a URL without any socket: for the proof and the hostile suite, which
    /// want it refused.
    package static func withoutSocket(
        _ url: String, wall: Wall = .whole
    ) async -> Result<HTTPResponse, HTTPError> {
        let request = CurlTransfer.Request(
            method: "GET", url: url, headers: [:], body: nil, due: ContinuousClock.now + .seconds(2),
            cancelled: CancelFlag())
        return await WorkerThread(name: "wall").run {
            CurlTransfer(socket: nil, authority: nil, wall: wall).perform(request)
        }
    }
}

/// Tells a transfer on its thread that nobody waits for it any more.
final class CancelFlag: Sendable {
    private let flag = Atomic(false)

    var isSet: Bool { flag.load(ordering: .relaxed) }

    func set() { flag.store(true, ordering: .relaxed) }
}
