/// What kind of change a drill's evidence lets through the promotion gate.
public enum ChangeClass: String, Sendable, Hashable, Codable, CaseIterable {
    /// Plays and inventory.
    case ansible
    /// Vault policies, configuration and versions.
    case vault
    /// Database schema, configuration and versions.
    case postgres
    /// What ArgoCD or another reconciler applies.
    case gitops
    /// Records and zones.
    case dns
    /// Replicated volumes and disks.
    case storage
    /// The cluster itself.
    case kubernetes
    /// Certificates and their authorities.
    case pki
    /// The recovery runbook and its tools.
    case recovery
}
