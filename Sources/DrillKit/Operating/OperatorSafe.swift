import Foundation
import Machines

/// What the operator himself keeps of a sandbox's safe: the lab's authority, the keys and passwords that his plays
/// give to machines, and the host keys he knows.
///
/// No share and no root token: those are other people's, and no play that he runs needs them. A copy beside the
/// sandbox's own safe, for what he changes is not what the harness relies on.
struct OperatorSafe {
    /// Where it lies on the host.
    let folder: String
    /// Where he and his plays see it.
    static let inside = "/safe"

    private static let contents = [
        "ca.pem", "ca.key", "tls", "passwords", "operator_ed25519", "operator_ed25519.pub",
        "postgres_ed25519", "postgres_ed25519.pub", "offsite_ed25519", "offsite_ed25519.pub", "known_hosts",
        "canary_role_id",
    ]

    /// The operator's safe of a sandbox, laid out the first time.
    init(_ sandbox: Sandbox) throws {
        folder = "\(sandbox.folder)/operator-safe"
        let files = FileManager.default
        guard !files.fileExists(atPath: folder) else { return }
        // Laid out before he sees it: from then on he could leave links in it.
        let fresh = "\(folder).new"
        try? files.removeItem(atPath: fresh)
        try files.createDirectory(
            atPath: fresh, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        for name in Self.contents {
            try files.copyItem(atPath: "\(sandbox.safe)/\(name)", toPath: "\(fresh)/\(name)")
        }
        try files.moveItem(atPath: fresh, toPath: folder)
    }

    /// The host keys that he knows.
    var knownHosts: KnownHosts { KnownHosts(in: folder) }
}
