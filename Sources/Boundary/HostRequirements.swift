/// What the host must have so that it can hold a namespace, and how to mend what is missing.
enum HostRequirements {
    private static let tools = [
        (Bubblewrap.path, "bubblewrap"), (Bubblewrap.nsenter, "util-linux"),
        (Bubblewrap.setpriv, "util-linux"),
    ]

    /// Throws `BoundaryError.hostLacks` for the first tool that is missing.
    static func check() throws {
        #if !os(Linux)
            throw BoundaryError.hostLacks(
                what: "it has no Linux namespaces", remedy: "run inside a Linux VM (see README, Hosts)")
        #endif
        for (path, package) in tools where !HostFiles.isExecutable(path) {
            throw BoundaryError.hostLacks(what: "\(path) is missing", remedy: "apt-get install \(package)")
        }
    }

    /// The error for a namespace that did not open, by what bwrap and the startup script said.
    static func explain(_ id: String, log: String) -> BoundaryError {
        let last = log.split(separator: "\n").last.map(String.init) ?? ""
        let refusals = ["No permissions to create", "Creating new namespace failed", "setting up uid map"]
        if refusals.contains(where: log.contains) {
            return .hostLacks(
                what: "the kernel refuses user namespaces (\(last))",
                remedy: "sysctl -w kernel.unprivileged_userns_clone=1 user.max_user_namespaces=15000 "
                    + "kernel.apparmor_restrict_unprivileged_userns=0 (those that exist)")
        }
        if log.contains("/dev/net/tun") {
            return .hostLacks(what: "it has no usable tap device (\(last))", remedy: "modprobe tun")
        }
        return .notOpened(id: id, seen: last)
    }
}
