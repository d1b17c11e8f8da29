import Boundary
import Machines
import Testing

/// A stand-in for prod, and for whatever else lies beyond, on the sandbox's own segment.
///
/// It is what a machine would see that stands on the lab's LAN: the sandbox's side of the bridge with more addresses, so
/// that no packet leaves it.
struct ProdOnTheSegment {
    private let namespace: Namespace
    private let server: NamespaceProcess

    private static let addresses = [
        "192.168.1.201/24", "192.168.1.202/24", "192.168.1.203/24", "10.0.2.2/24", "192.0.2.1/24",
    ]
    private static let listener = """
        import socket, threading
        def take(port):
            s = socket.create_server(("::", port), family=socket.AF_INET6, dualstack_ipv6=True)
            while True: s.accept()[0].close()
        threads = [threading.Thread(target=take, args=(port,)) for port in (22, 443)]
        for thread in threads: thread.start()
        """

    /// Appears, and gives the machine the routes that a LAN would give it.
    static func appear(in sandbox: Sandbox, to machine: any Machine) async throws -> ProdOnTheSegment {
        let stage = addresses.map { "ip address add \($0) dev br0" }.joined(separator: "\n")
        try await need(
            "sysctl -qw net.ipv6.conf.br0.disable_ipv6=0\n"
                + "ip -6 address add 2001:db8::1/64 dev br0 nodad\n" + stage, in: sandbox.namespace)
        let server = try await sandbox.namespace.start(
            ["/usr/bin/python3", "-I", "-c", listener], log: sandbox.folder + "/prod.log")
        let routes = try await machine.run(
            "sh", "-ec",
            "ip route replace default via 10.77.0.254; ip -6 address replace 2001:db8::50/64 dev eth0 nodad")
        try #require(routes.exit == 0, "\(routes.stderr)")
        return ProdOnTheSegment(namespace: sandbox.namespace, server: server)
    }

    /// Goes, and leaves the machine the routes that led to it.
    func vanish() async throws {
        await server.kill()
        try await Self.need(
            // From the last on: the first of a network takes the others with it.
            Self.addresses.reversed().map { "ip address del \($0) dev br0" }.joined(separator: "\n")
                + "\nip -6 address flush dev br0\nsysctl -qw net.ipv6.conf.br0.disable_ipv6=1",
            in: namespace)
    }

    /// Runs a script where the first process made the links: root inside may not change the kernel's settings of its own
    /// network either.
    private static func need(_ script: String, in namespace: Namespace) async throws {
        let first = [
            "nsenter", "--preserve-credentials", "-t", "\(namespace.processID)", "-U", "-n", "-m", "-p", "--",
        ]
        let result = try await HostCommand.run(first + ["sh", "-ec", script], deadline: .seconds(20))
        try #require(result.succeeded, "\(result.errorText)")
    }
}
