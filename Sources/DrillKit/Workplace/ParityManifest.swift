import Evidence
import Foundation
import Yams

/// What prod has and what a profile has in its place: `parity.yml`.
///
/// Source: PRD, "Parity manifest … Drift = fail"; a substitution or an absence is declared with its reason and
/// with what it cannot show.
public struct ParityManifest: Sendable, Decodable {
    /// One part of prod and its counterpart here.
    public struct Component: Sendable, Decodable {
        /// How the counterpart stands to prod's part.
        public enum Kind: String, Sendable, Decodable {
            /// The same software in the same place.
            case same
            /// Another in its place.
            case substitution
            /// Nothing in its place.
            case absence
        }

        /// What is here, and the command that a guest answers its version to.
        public struct Counterpart: Sendable, Decodable {
            /// Its name.
            public let name: String
            /// The version that the profile declares.
            public let version: String
            /// A shell command, run as root in a guest, that prints the version.
            public let observe: String?
            /// The machines it is observed on; all when absent.
            public let on: [String]?
        }

        /// The part's name in prod.
        public let component: String
        /// What prod has.
        public let prod: String
        /// How the counterpart stands to it.
        public let kind: Kind
        /// The counterpart, where there is one.
        public let here: Counterpart?
        /// Why it is not the same.
        public let reason: String?
        /// What a drill with the counterpart cannot show.
        public let cannotShow: [String]?
    }

    /// The parts, in the manifest's order.
    public let components: [Component]

    /// Reads a manifest.
    ///
    /// - Throws: ``DrillError`` with the file's name and what is wrong in it.
    public init(contentsOf path: String) throws {
        do {
            let text = try String(contentsOfFile: path, encoding: .utf8)
            self = try YAMLDecoder().decode(ParityManifest.self, from: text)
        } catch {
            throw DrillError("the parity manifest \(path) cannot be read", lastSeen: "\(error)")
        }
    }

    /// Everything that is not the same as in prod, as verdicts declare it.
    var substitutions: [Substitution] {
        components.filter { $0.kind != .same }.map {
            Substitution(
                component: $0.component, standIn: $0.here.map { "\($0.name) \($0.version)" },
                reason: $0.reason ?? "not stated", cannotShow: $0.cannotShow ?? [])
        }
    }
}
