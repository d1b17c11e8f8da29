/// What a server answered; any status is a response, not an error.
public struct HTTPResponse: Sendable {
    /// The status code, such as 200 or 503.
    public var status: Int
    /// The header fields by lower-case name; of a repeated one the last.
    public var headers: [String: String]
    /// The body's bytes.
    public var body: [UInt8]
    /// Wall-clock seconds from the request to the end of the answer.
    public var seconds: Double
    /// Whether it went over the connection of an earlier request.
    public var reusedConnection: Bool

    /// The body as text; bytes that are no UTF-8 are replaced.
    public var text: String { String(decoding: body, as: UTF8.self) }
}

/// Why there is no answer.
///
/// It names method and URL, never header fields, query or body, which may hold secrets.
public struct HTTPError: Error, Sendable, CustomStringConvertible {
    /// The kinds of failure that a drill tells apart.
    public enum Kind: String, Sendable {
        /// Nothing listens on the socket.
        case refused
        /// No complete answer within the deadline.
        case timedOut
        /// The certificate or the handshake was wrong.
        case tls
        /// The far end closed the connection without a complete answer.
        ///
        /// Behind a forward, a port that refuses looks like this or like `refused`, by whichever end is quicker.
        case dropped
        /// The wall refused it, by its `rule`.
        case walled
        /// Anything else: no HTTP, an answer that is too large, a request that makes no sense.
        case malformed
    }

    /// Which kind of failure.
    public var kind: Kind
    /// Method and URL without query.
    public var request: String
    /// The Unix socket's path.
    public var socket: String
    /// What libcurl says about it, or whatever kept it from being asked.
    public var detail: String
    /// Wall-clock seconds until it failed.
    public var seconds: Double
    /// The rule of the wall that refused it; nil for every kind but `walled`.
    public var rule: WallRule?

    /// What, where, after how long and why.
    public var description: String {
        "\(request) over \(socket) \(kind.rawValue) after \((seconds * 1000).rounded() / 1000) s: \(detail)"
            + (rule.map { "; \($0.explanation)" } ?? "")
    }
}
