import Foundation

/// The one process that gathers what can be seen from a vantage, and tries to get out.
enum WallProbe {
    /// What a probe saw.
    struct Facts: Codable, Sendable {
        struct Attempt: Codable, Sendable {
            var target: String
            var result: String
        }

        var routes: [String]
        var attempts: [Attempt]
        var environment: [String]
        var mounts: [String]
        var visible: [String]
        var descriptors: [Int]
        var abstract: [String]
        var settings: [String]
        var roots: [String]
        var namespaces: [String: String]
        var seconds: Double = 0

        private enum CodingKeys: CodingKey {
            case routes, attempts, environment, mounts, visible, descriptors, abstract, settings, roots
            case namespaces
        }
    }

    static let python = "/usr/bin/python3"

    /// The probe, for `Namespace.run` or the operator's root: it tries a few addresses of each of prod's networks,
    /// and two that belong to nobody (RFC 5737, RFC 3849) for the rest of the world.
    static func command(trying prod: ProdAddresses) -> [String] {
        let targets = prod.networks.flatMap(\.samples) + ["192.0.2.1", "2001:db8::1"]
        return [python, "-I", "-S", "-c", script, targets.joined(separator: ",")] + coveted
    }

    /// Files of the host that would give prod away, by the paths they have on the host.
    private static let coveted: [String] = {
        let home = NSHomeDirectory()
        let secrets = [
            ".kube", ".ssh", ".vault-token", ".aws", ".docker", ".config", ".pgpass", ".pg_service.conf",
            ".netrc", ".gitconfig", ".git-credentials", ".ansible", ".terraform.d",
        ]
        // The operator's home inside has this name too, and is made for the sandbox.
        return secrets.map { home + "/" + $0 }.filter { !$0.hasPrefix("/home/operator/") } + [
            "/root", "/var/run/docker.sock", "/run/docker.sock", "/run/containerd", "/run/user",
            "/run/systemd",
            "/etc/resolv.conf", "/etc/kubernetes", "/etc/rancher", "/etc/ansible", "/etc/ssh", "/etc/shadow",
        ]
    }()

    /// What the probe printed, or why it is no use.
    static func facts(_ result: CommandResult) throws -> Facts {
        guard result.succeeded else {
            throw BoundaryError.notStarted(command: "the wall's probe", reason: result.lastWords)
        }
        var facts = try JSONDecoder().decode(Facts.self, from: Data(result.stdout))
        // The whole of it, and not what the probe could measure: its start is most of it.
        facts.seconds = result.seconds
        return facts
    }

    /// It connects only after it has seen that no route covers the target, so that even with the wall down no
    /// packet is sent to prod.
    private static let script = #"""
        import errno, ipaddress, json, os, socket, struct, sys
        routes, nets = [], []
        def route(net, device):
            routes.append("%s dev %s" % (net, device)); nets.append((net, device))
        for line in open("/proc/net/route").read().splitlines()[1:]:
            f = line.split()
            a, m = (socket.inet_ntoa(struct.pack("=I", int(f[i], 16))) for i in (1, 7))
            route(ipaddress.ip_network(a + "/" + m), f[0])
        if os.path.exists("/proc/net/ipv6_route"):
            for line in open("/proc/net/ipv6_route"):
                f = line.split()
                route(ipaddress.ip_network((bytes.fromhex(f[0]), int(f[1], 16))), f[9])
        def attempt(address, port, kind):
            ip = ipaddress.ip_address(address)
            target = "%s port %d" % (address, port)
            real = getattr(ip, "ipv4_mapped", None) or ip
            if any(real in net and device != "lo" for net, device in nets if net.version == real.version):
                return dict(target=target, result="not tried, there is a route")
            family = socket.AF_INET if ip.version == 4 else socket.AF_INET6
            try:
                with socket.socket(family, kind) as s:
                    s.settimeout(1); s.connect((address, port))
                return dict(target=target, result="connected")
            except OSError as e:
                return dict(target=target, result=errno.errorcode.get(e.errno, str(e)))
        tcp, udp = socket.SOCK_STREAM, socket.SOCK_DGRAM
        targets = sys.argv[1].split(",")
        attempts = [attempt(target, 22, tcp) for target in targets] + [
            attempt(targets[0], 53, udp), attempt("::ffff:" + targets[0], 22, tcp)]
        def is_open(fd):
            try: os.fstat(fd); return True
            except OSError: return False
        # The kernel's own, of no namespace: files that the host's root owns.
        settings = ["sys/kernel/core_pattern", "sys/vm/overcommit_memory", "sys/fs/file-max", "sysrq-trigger",
            "irq/default_smp_affinity"]
        own = os.stat("/")
        def has_other_root(pid):
            try: root = os.stat("/proc/%s/root/" % pid)
            except OSError: return False
            return (root.st_dev, root.st_ino) != (own.st_dev, own.st_ino)
        print(json.dumps(dict(
            routes=routes, attempts=attempts, environment=sorted(os.environ),
            mounts=sorted({line.split()[4] for line in open("/proc/self/mountinfo")}),
            visible=[p for p in sys.argv[2:] if os.path.lexists(p)],
            descriptors=[fd for fd in range(3, 1024) if is_open(fd)],
            abstract=[f[7] for f in map(str.split, open("/proc/net/unix")) if len(f) > 7 and f[7][0] == "@"],
            settings=[p for p in settings if os.access("/proc/" + p, os.W_OK)],
            roots=[p for p in os.listdir("/proc") if p.isdigit() and has_other_root(p)],
            namespaces={n: os.readlink("/proc/self/ns/" + n) for n in ("user", "net", "mnt", "pid", "ipc", "uts")})))
        """#
}
