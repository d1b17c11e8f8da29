package import Boundary

/// One attempt to reach prod from somewhere inside, as data.
package struct Attempt: Codable, Sendable {
    /// From where it is made, and how.
    package enum Means: Codable, Sendable {
        /// A shell script, in a step of a runbook.
        case step(String)
        /// A shell script, as root of the sandbox's namespaces: where machines, plays and forwards run.
        case inside(String)
        /// A shell script, as root of the sandbox's namespaces, that leaves something in the folder which they share with
        /// the harness; then what the harness does there.
        case shared(String, SharedUse)
        /// The harness's libcurl, without any socket.
        case request(String)
        /// The harness's client, on a forward whose server sends it to prod.
        case redirect
        /// The harness's client, made for this base.
        case client(String)
        /// A play's inventory with this host, then a script inside.
        case inventory(String, script: String)
        /// A lab in which the name `shop.lab` has this address, then a script inside.
        case name(String, script: String)
    }

    /// Tells it from the others.
    package var id: String
    /// What is done.
    package var means: Means

    /// Describes an attempt.
    package init(id: String, means: Means) {
        self.id = id
        self.means = means
    }
}

/// What the harness does with a name in the shared folder.
package enum SharedUse: Codable, Sendable {
    /// Reads the file.
    case reads(String)
    /// Writes the file; the attempt has come through when it then stands at the second path, of the host.
    case writes(String, landing: String)
    /// Sends a request to the socket.
    case asks(String)
}

/// What a trial is asked: every attempt, at each of these walls.
package struct TrialRequest: Codable, Sendable {
    /// The controls that each wall lacks.
    package var walls: [Set<WallRule>]
    /// What is tried at each.
    package var attempts: [Attempt]

    /// Asks.
    package init(walls: [Set<WallRule>], attempts: [Attempt]) {
        self.walls = walls
        self.attempts = attempts
    }
}

/// What a trial answers: for each wall, what each attempt's program said.
package typealias TrialReply = [[String: String]]

/// The words by which an attempt's program shows how far it came; both are told by servers and files alone.
package enum TrialWord {
    /// Prod's own.
    package static let prod = "this-is-prod"
    /// A server's on the sandbox's side.
    package static let sandbox = "this-is-the-sandbox"
}
