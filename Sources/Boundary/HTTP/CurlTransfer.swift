import CCurl

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// One libcurl handle and its connection.
///
/// - Important: `perform` is called from one thread at a time (the client's worker), which is what makes the
///   unchecked conformance true.
final class CurlTransfer: @unchecked Sendable {
    /// One request as its thread needs it.
    struct Request: Sendable {
        var method: String
        var url: String
        var headers: [String: String]
        var body: [UInt8]?
        var due: ContinuousClock.Instant
        var cancelled: CancelFlag

        /// Method and URL without the query, which may hold a secret.
        var title: String { method + " " + url.prefix { $0 != "?" } }
    }

    private let handle: UnsafeMutableRawPointer?
    private let socket: String?
    private var held: HeldSocket?
    private let authority: [UInt8]?
    private let controls: Wall

    /// Only the proof of the wall and the hostile suite make one without a socket, to see it refused.
    init(socket: String?, authority: [UInt8]?, wall: Wall = .whole) {
        _ = Self.initialised
        handle = curl_easy_init()
        self.socket = socket
        self.authority = authority
        controls = wall
    }

    deinit { curl_easy_cleanup(handle) }

    /// Runs the request to its end on the calling thread.
    func perform(_ request: Request) -> Result<HTTPResponse, HTTPError> {
        let clock = ContinuousClock()
        let start = clock.now
        let exchange = CurlExchange(cancelled: request.cancelled)
        func failure(
            _ kind: HTTPError.Kind, _ detail: String, rule: WallRule? = nil
        ) -> Result<HTTPResponse, HTTPError> {
            .failure(
                HTTPError(
                    kind: kind, request: request.title, socket: socket ?? "no socket", detail: detail,
                    seconds: (clock.now - start) / .seconds(1), rule: rule))
        }
        let left = Int((request.due - start) / .milliseconds(1))
        guard left > 0 else { return failure(.timedOut, "earlier requests of this client took all its time") }

        do { try holdSocket() } catch {
            guard case BoundaryError.link(let path) = error else { return failure(.refused, "\(error)") }
            return failure(.walled, "\(path) has become a link", rule: .links)
        }
        // Reset keeps the open connections and the TLS sessions, and forgets everything else.
        curl_easy_reset(handle)
        guard wall(exchange) else {
            return failure(.walled, "this libcurl cannot be held to a Unix socket", rule: .unixSockets)
        }
        let fields = describe(request, milliseconds: left)
        defer { curl_slist_free_all(fields) }
        var message = [CChar](repeating: 0, count: Int(CURL_ERROR_SIZE))
        let code = message.withUnsafeMutableBufferPointer { buffer in
            (request.body ?? []).withUnsafeBufferPointer { body in
                ccurl_set_pointer(handle, CURLOPT_ERRORBUFFER, buffer.baseAddress)
                if request.body != nil {
                    ccurl_set_long(handle, CURLOPT_POSTFIELDSIZE, body.count)
                    ccurl_set_pointer(
                        handle, CURLOPT_POSTFIELDS, UnsafeMutableRawPointer(mutating: body.baseAddress))
                }
                return curl_easy_perform(handle)
            }
        }
        ccurl_set_pointer(handle, CURLOPT_ERRORBUFFER, nil)
        guard code == CURLE_OK else {
            let told = String(
                decoding: message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            let detail = told.isEmpty ? String(cString: curl_easy_strerror(code)) : told
            if exchange.refusedFamily != nil { return failure(.walled, detail, rule: .unixSockets) }
            // The same code also means an answer in no protocol that it knows.
            if code == CURLE_UNSUPPORTED_PROTOCOL, detail.hasPrefix("Protocol ") {
                return failure(.walled, detail, rule: .schemes)
            }
            return failure(Self.kind(of: code, detail), detail)
        }
        return .success(
            HTTPResponse(
                status: information(CURLINFO_RESPONSE_CODE), headers: exchange.headers, body: exchange.body,
                seconds: (clock.now - start) / .seconds(1),
                reusedConnection: information(CURLINFO_NUM_CONNECTS) == 0))
    }

    /// Holds the same socket for as long as it stands, so that the connection can be kept, then whatever took its place.
    private func holdSocket() throws {
        guard let socket, held?.isGone ?? true else { return }
        held = nil
        held = try SharedPath(socket, wall: controls).hold()
    }

    /// Sets everything that keeps the transfer on the Unix socket; false when libcurl refused any of it.
    private func wall(_ exchange: CurlExchange) -> Bool {
        let target = Unmanaged.passUnretained(exchange).toOpaque()
        var codes = [
            ccurl_set_sink(handle, CURLOPT_WRITEFUNCTION, CurlExchange.takeBody),
            ccurl_set_pointer(handle, CURLOPT_WRITEDATA, target),
            ccurl_set_sink(handle, CURLOPT_HEADERFUNCTION, CurlExchange.takeHeader),
            ccurl_set_pointer(handle, CURLOPT_HEADERDATA, target),
            ccurl_set_progress(handle, CurlExchange.goOn),
            ccurl_set_pointer(handle, CURLOPT_XFERINFODATA, target),
            ccurl_set_long(handle, CURLOPT_NOPROGRESS, 0),
            ccurl_set_long(handle, CURLOPT_FOLLOWLOCATION, controls.has(.redirects) ? 0 : 1),
            // An empty string means none; unset would mean what the environment says.
            ccurl_set_string(handle, CURLOPT_PROXY, ""),
            ccurl_set_string(handle, CURLOPT_NOPROXY, "*"),
            ccurl_set_long(handle, CURLOPT_DISALLOW_USERNAME_IN_URL, 1),
            ccurl_set_long(handle, CURLOPT_NETRC, 0),
            ccurl_set_long(handle, CURLOPT_NOSIGNAL, 1),
            ccurl_set_long(handle, CURLOPT_SSL_VERIFYPEER, 1),
            ccurl_set_long(handle, CURLOPT_SSL_VERIFYHOST, 2),
            ccurl_set_pointer(handle, CURLOPT_CAPATH, nil),
        ]
        if controls.has(.schemes) {
            codes.append(ccurl_set_string(handle, CURLOPT_PROTOCOLS_STR, "http,https"))
        }
        if controls.has(.unixSockets) {
            codes += [
                ccurl_set_opensocket(handle, CurlExchange.openSocket),
                ccurl_set_pointer(handle, CURLOPT_OPENSOCKETDATA, target),
            ]
            if let held { codes.append(ccurl_set_string(handle, CURLOPT_UNIX_SOCKET_PATH, held.path)) }
        }
        codes.append(ccurl_set_pointer(handle, CURLOPT_CAINFO, nil))
        if let authority {
            codes.append(ccurl_set_copied_blob(handle, CURLOPT_CAINFO_BLOB, authority, authority.count))
        }
        return codes.allSatisfy { $0 == CURLE_OK }
    }

    private func describe(_ request: Request, milliseconds: Int) -> UnsafeMutablePointer<curl_slist>? {
        ccurl_set_string(handle, CURLOPT_URL, request.url)
        ccurl_set_long(handle, CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
        ccurl_set_long(handle, CURLOPT_TIMEOUT_MS, milliseconds)
        if request.body != nil { ccurl_set_long(handle, CURLOPT_POST, 1) }
        if request.method == "HEAD" { ccurl_set_long(handle, CURLOPT_NOBODY, 1) }
        ccurl_set_string(handle, CURLOPT_CUSTOMREQUEST, request.method)
        // `Expect:` alone stops libcurl from asking before it sends a body, which would cost a round trip.
        var list = curl_slist_append(nil, "Expect:")
        for (name, value) in request.headers { list = curl_slist_append(list, "\(name): \(value)") }
        ccurl_set_list(handle, CURLOPT_HTTPHEADER, list)
        return list
    }

    private func information(_ info: CURLINFO) -> Int {
        var value = 0
        ccurl_get_long(handle, info, &value)
        return value
    }

    /// What libcurl says when the far end hung up during the handshake, so that nothing about TLS was said.
    private static let hangUps = ["reset by peer", "SSL_ERROR_SYSCALL", "unexpected eof", "roken pipe"]

    private static func kind(of code: CURLcode, _ detail: String) -> HTTPError.Kind {
        switch code {
        case CURLE_COULDNT_CONNECT: .refused
        case CURLE_OPERATION_TIMEDOUT: .timedOut
        case CURLE_GOT_NOTHING, CURLE_RECV_ERROR, CURLE_SEND_ERROR, CURLE_PARTIAL_FILE: .dropped
        case CURLE_SSL_CONNECT_ERROR where hangUps.contains(where: detail.contains): .dropped
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
            CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS:
            .tls
        default: .malformed
        }
    }

    /// Once for the process: libcurl's own set-up is not safe to run twice at a time.
    private static let initialised: Bool = {
        HostCommand.ignoreBrokenPipes()
        return curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK
    }()
}
