import CCurl
import Foundation

/// One libcurl handle and its connections: HTTP/1.1 over TCP, with TLS that is verified against the lab's CA.
final class HTTPLine {
    /// An answer.
    struct Response {
        var status: Int
        var body: Data

        /// Status and the beginning of the body, for a person.
        var words: String {
            "\(status) "
                + String(decoding: body.prefix(200), as: UTF8.self)
                .replacing(/\s+/, with: " ")
        }
    }

    /// No answer.
    struct Failure: Error, CustomStringConvertible {
        var description: String
        /// Whether any of the request may have left this host.
        var mayHaveArrived: Bool
    }

    /// What libcurl's callbacks fill.
    private final class Exchange {
        var body = Data()
        /// How often any of the request was handed to a connection.
        var requests = 0
    }

    private static let initialised = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK
    private let handle: UnsafeMutableRawPointer?
    private let authority: String
    private var message = [CChar](repeating: 0, count: Int(CURL_ERROR_SIZE))

    init(authority: String) {
        precondition(Self.initialised, "libcurl works")
        handle = curl_easy_init()
        self.authority = authority
    }

    deinit { curl_easy_cleanup(handle) }

    /// Sends a request and waits for its answer, at most until the deadline.
    func send(
        _ method: String, _ url: String, headers: [String] = [], body: Data? = nil, by deadline: Deadline
    ) throws(Failure) -> Response {
        guard deadline.left > 0 else {
            throw Failure(description: "no time was left for \(method) \(url)", mayHaveArrived: false)
        }
        // Reset keeps the open connections and the TLS sessions, and forgets everything else.
        curl_easy_reset(handle)
        let exchange = Exchange()
        describe(url, exchange, milliseconds: deadline.left)
        ccurl_set_string(handle, CURLOPT_CUSTOMREQUEST, method)
        // `Expect:` alone stops libcurl from asking before it sends a body, which would cost a round trip.
        let fields = (["Expect:"] + headers).reduce(nil) { curl_slist_append($0, $1) }
        defer { curl_slist_free_all(fields) }
        ccurl_set_list(handle, CURLOPT_HTTPHEADER, fields)
        let bytes = body.map(Array.init) ?? []
        let code = bytes.withUnsafeBytes { bytes in
            if body != nil {
                ccurl_set_long(handle, CURLOPT_POST, 1)
                ccurl_set_long(handle, CURLOPT_POSTFIELDSIZE, bytes.count)
                ccurl_set_pointer(
                    handle, CURLOPT_POSTFIELDS, UnsafeMutableRawPointer(mutating: bytes.baseAddress))
            }
            return withExtendedLifetime(exchange) { curl_easy_perform(handle) }
        }
        guard code == CURLE_OK else {
            throw Failure(
                description: "\(method) \(url): \(String(cString: curl_easy_strerror(code)))",
                mayHaveArrived: exchange.requests > 0 || code == CURLE_SEND_ERROR)
        }
        var status = 0
        ccurl_get_long(handle, CURLINFO_RESPONSE_CODE, &status)
        return Response(status: status, body: exchange.body)
    }

    private func describe(_ url: String, _ exchange: Exchange, milliseconds: Int) {
        let target = Unmanaged.passUnretained(exchange).toOpaque()
        ccurl_set_sink(handle, CURLOPT_WRITEFUNCTION) { bytes, size, count, target in
            guard let bytes, let target else { return 0 }
            let exchange = Unmanaged<Exchange>.fromOpaque(target).takeUnretainedValue()
            // More than this is no answer of a store; taking less than was given ends the transfer.
            guard exchange.body.count < 64 << 20 else { return 0 }
            exchange.body.append(Data(bytes: bytes, count: size * count))
            return size * count
        }
        ccurl_set_pointer(handle, CURLOPT_WRITEDATA, target)
        ccurl_set_debug(handle) { _, kind, _, _, target in
            guard let target, kind == CURLINFO_HEADER_OUT else { return 0 }
            Unmanaged<Exchange>.fromOpaque(target).takeUnretainedValue().requests += 1
            return 0
        }
        ccurl_set_pointer(handle, CURLOPT_DEBUGDATA, target)
        // libcurl sends a request again by itself when a kept connection ends without an answer. A write must
        // not be done twice, and the second answer would say nothing of the first.
        ccurl_set_prerequest(handle) { target, _, _, _, _ in
            guard let target else { return CURL_PREREQFUNC_ABORT }
            let exchange = Unmanaged<Exchange>.fromOpaque(target).takeUnretainedValue()
            return exchange.requests == 0 ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT
        }
        ccurl_set_pointer(handle, CURLOPT_PREREQDATA, target)
        ccurl_set_long(handle, CURLOPT_VERBOSE, 1)
        ccurl_set_string(handle, CURLOPT_URL, url)
        ccurl_set_string(handle, CURLOPT_PROTOCOLS_STR, "http,https")
        ccurl_set_string(handle, CURLOPT_PROXY, "")
        ccurl_set_string(handle, CURLOPT_CAINFO, authority)
        ccurl_set_pointer(handle, CURLOPT_CAPATH, nil)
        ccurl_set_long(handle, CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
        ccurl_set_long(handle, CURLOPT_NOSIGNAL, 1)
        ccurl_set_long(handle, CURLOPT_TIMEOUT_MS, milliseconds)
        ccurl_set_long(handle, CURLOPT_CONNECTTIMEOUT_MS, milliseconds)
        // The name `app` moves from machine to machine.
        ccurl_set_long(handle, CURLOPT_DNS_CACHE_TIMEOUT, 0)
    }
}
