/// What the host must have so that it can hold a namespace, and how to mend what is missing.
public enum HostRequirements {
    private static let tools = [
        (Bubblewrap.path, "bubblewrap"), (Bubblewrap.nsenter, "util-linux"),
        (Bubblewrap.setpriv, "util-linux"), (Bubblewrap.unshare, "util-linux"), ("/usr/sbin/ip", "iproute2"),
        (WallProbe.python, "python3"),
    ]

    /// Throws `BoundaryError.hostLacks` for the first tool that is missing.
    public static func check() throws {
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
        // What `ip tuntap` says when it cannot open the device.
        if last.hasPrefix("open: ") || last.contains("/dev/net/tun") {
            return .hostLacks(
                what: "/dev/net/tun cannot be used (\(last))",
                remedy: "modprobe tun && chmod 0666 /dev/net/tun")
        }
        return .notOpened(id: id, seen: last)
    }
}
