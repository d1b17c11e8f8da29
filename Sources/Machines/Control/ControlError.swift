/// What went wrong between the harness and a machine's control socket.
///
/// The description says what was tried, on which machine, for how long, what was last seen and what to do
/// next. Neither a command's input nor an answer's contents stand in it: both may hold secrets.
public struct ControlError: Error, CustomStringConvertible {
    /// The kinds of failure a caller can tell apart.
    public enum Kind: Sendable, Hashable {
        /// Nobody accepted the connection before the deadline.
        case unreachable
        /// The deadline passed without the answer or event.
        case timedOut
        /// The other side closed the connection, or it broke.
        case connectionLost
        /// The other side answered with an error of this class, as QMP names it (`GenericError`, …).
        case refused(class: String)
        /// The other side sent what the protocol does not allow here.
        case malformed
    }

    /// What kind of failure it is.
    public let kind: Kind
    /// Whom the harness spoke to: `QMP of pi1`.
    public let peer: String
    /// What was tried: `stop` or `guest-exec systemctl is-active openbao`.
    public let operation: String
    /// How long it was tried.
    public let elapsed: Duration
    /// What was last seen, and where it helps what to do next.
    public let detail: String

    /// One line for a person.
    public var description: String {
        let what =
            switch kind {
            case .unreachable: "could not be reached"
            case .timedOut: "gave no answer in time"
            case .connectionLost: "is gone"
            case .refused(let name): "refused (\(name))"
            case .malformed: "answered nonsense"
            }
        return "\(peer) \(what): \(operation), after \(elapsed.inSeconds): \(detail)"
    }
}

extension Duration {
    /// The duration for a person: `0.02 s`, `37.1 s`, `4 min 05 s`.
    var inSeconds: String {
        let seconds = self / .seconds(1)
        switch seconds {
        case ..<1: return "\((seconds * 100).rounded() / 100) s"
        case ..<120: return "\((seconds * 10).rounded() / 10) s"
        default:
            let rest = Int(seconds) % 60
            return "\(Int(seconds) / 60) min \(rest < 10 ? "0" : "")\(rest) s"
        }
    }
}
