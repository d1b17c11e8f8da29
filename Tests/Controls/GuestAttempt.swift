import Machines

/// Something that root on a machine tries on the network, as a program of Python's that ends well when it gets there.
struct GuestAttempt {
    let name: String
    let program: String
    /// Arguments with which it gets there: the program works, and the network does.
    let there: [String]
    /// Arguments with which it must not.
    let beyond: [[String]]

    private static let prod = ["192.168.1.201", "192.168.1.202", "192.168.1.203"]
    private static let connect = """
        import socket, subprocess, sys
        socket.create_connection((sys.argv[1], int(sys.argv[2])), timeout=5).close()
        """

    static let all = [
        GuestAttempt(
            name: "TCP", program: connect, there: ["10.77.0.2", "22"],
            beyond: prod.map { [$0, "22"] } + [
                // What QEMU's own network would have for the host; nobody's; the same in IPv6.
                ["10.0.2.2", "22"], ["192.0.2.1", "443"], ["2001:db8::1", "443"],
                ["::ffff:192.168.1.201", "22"],
            ]),
        GuestAttempt(
            name: "a default route",
            program: "import os; os.system('ip route replace default via 10.77.0.254')\n" + connect,
            there: ["10.77.0.2", "22"], beyond: prod.map { [$0, "22"] }),
        GuestAttempt(
            name: "an address on prod's LAN",
            program: "import os; os.system('ip address replace 192.168.1.50/24 dev eth0')\n" + connect,
            there: ["10.77.0.2", "22"], beyond: prod.map { [$0, "22"] }),
        GuestAttempt(
            name: "raw packets",
            program: """
                import socket, struct, sys
                s = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP); s.settimeout(5)
                s.sendto(struct.pack("!BBHI", 8, 0, 0xF7FF, 0), (sys.argv[1], 0))
                while s.recvfrom(99)[1][0] != sys.argv[1]: pass
                """, there: ["10.77.0.2"], beyond: prod.map { [$0] }),
        GuestAttempt(
            name: "ARP",
            program: """
                import socket, struct, sys, time
                s = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(0x0806)); s.settimeout(5)
                s.bind(("eth0", 0)); own = s.getsockname()[4]; end = time.monotonic() + 5
                asked = socket.inet_aton(sys.argv[1])
                ask = struct.pack("!HHBBH", 1, 0x0800, 6, 4, 1) + own + socket.inet_aton("10.77.0.1")
                s.send(b"\\xff" * 6 + own + b"\\x08\\x06" + ask + bytes(6) + asked)
                while True:
                    got = s.recv(99)
                    if got[20:22] == b"\\0\\2" and got[28:32] == asked: break
                    if time.monotonic() > end: sys.exit(1)
                """, there: ["10.77.0.2"], beyond: prod.map { [$0] }),
    ]

    /// Tries, as root of the machine.
    func made(on machine: any Machine, at target: [String]) async throws -> GuestCommandResult {
        try await machine.run(
            ["/usr/bin/python3", "-I", "-c", program] + target, input: nil, deadline: .seconds(90))
    }
}
