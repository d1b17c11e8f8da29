package import Subprocess

/// The environment of every command: made from nothing, never inherited.
///
/// Prod's couplings (KUBECONFIG, VAULT_ADDR, SSH_AUTH_SOCK, PG*, proxies) ride in on inherited variables, so
/// the rule is an allow-list of five names plus what the caller states.
public enum CleanEnvironment {
    /// The variables that every command gets.
    public static let base = [
        "PATH": "/tools:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        "HOME": "/tmp",
        "LANG": "C.UTF-8",
        "TERM": "dumb",
        "TZ": "UTC",
    ]

    /// The base with `extra` on top; `extra` wins.
    public static func values(_ extra: [String: String] = [:]) -> [String: String] {
        base.merging(extra) { $1 }
    }

    /// These variables and no others, for a process to be started with.
    package static func exactly(_ values: [String: String], _ wall: Wall) -> Environment {
        let made = values.map { (Environment.Key(stringLiteral: $0.key), $0.value) }
        return wall.has(.environment)
            ? .custom(Dictionary(uniqueKeysWithValues: made))
            : .inherit.updating(Dictionary(uniqueKeysWithValues: made.map { ($0.0, Optional($0.1)) }))
    }
}
