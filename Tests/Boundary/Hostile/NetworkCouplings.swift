import Boundary
import wall_trial

extension Coupling {
    /// What a route, a cable or a name would do.
    static let ofTheNetwork: [Coupling] = [
        Coupling("TCP to prod's address", .step(Tools.get + "http://192.168.1.201/"), stoppedBy: .network),
        Coupling(
            "UDP to prod's address",
            .step(Tools.datagram(to: "192.168.1.201", 53, saying: "who are you")), stoppedBy: .network),
        Coupling("IPv6", .step(Tools.get + "'http://[fd00:c9::201]/'"), stoppedBy: .network),
        Coupling(
            "multicast",
            .step(Tools.datagram(to: "224.0.0.251", 5353, saying: "who is there")), stoppedBy: .network),
        Coupling(
            "ARP on the LAN",
            .inside(
                "ip link show lan0 && "
                    + Tools.python(
                        """
                        import socket, struct
                        s = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(0x0806)); s.settimeout(20)
                        s.bind(("lan0", 0)); own = s.getsockname()[4]
                        ask = struct.pack("!HHBBH", 1, 0x0800, 6, 4, 1) + own + socket.inet_aton("192.168.1.50")
                        s.send(b"\\xff" * 6 + own + b"\\x08\\x06" + ask + bytes(6) + socket.inet_aton("192.168.1.201"))
                        print("this-is-prod" if s.recv(99)[20:22] == b"\\0\\2" else "")
                        """)), stoppedBy: .network, behind: .rule(.privileges)),
        Coupling(
            "raw packets of root inside", .inside(Tools.ping), stoppedBy: .network,
            behind: .rule(.privileges)),
        Coupling(
            "a route that root inside makes",
            .inside(
                "ip route replace 192.168.1.203/32 dev lan0 && \(Tools.get) http://192.168.1.203/ && "
                    + "ip route del 192.168.1.203/32 dev lan0"),
            stoppedBy: .network, behind: .rule(.privileges)),
        Coupling(
            "SSH to a prod node",
            .step(
                "ssh -v -F none -o BatchMode=yes -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null "
                    + "-o ConnectTimeout=20 pi@192.168.1.201 true"), stoppedBy: .network),
        Coupling(
            "a Git remote", .step("git ls-remote git://192.168.1.202/lab.git"), stoppedBy: .network),
        Coupling(
            "PostgreSQL by address", .step(Tools.postgres("host=192.168.1.202")), stoppedBy: .network),
        Coupling(
            "an HTTP redirect that a step follows",
            .step(
                Tools.python(
                    """
                    import socket, subprocess
                    s = socket.create_server(("127.0.0.1", 0)); at = "http://127.0.0.1:%d/" % s.getsockname()[1]
                    curl = subprocess.Popen(["curl", "-sS", "-m", "20", "--noproxy", "*", "-L", at])
                    c = s.accept()[0]; c.recv(999); c.sendall(
                        b"HTTP/1.1 302 Found\\r\\nLocation: http://192.168.1.201/\\r\\nContent-Length: 0\\r\\n\\r\\n")
                    curl.wait()
                    """)), stoppedBy: .network),
        Coupling(
            "a proxy that a step names", .step("curl -sS -m 20 -x http://192.168.1.203:3128 http://shop/"),
            stoppedBy: .network),
        Coupling(
            "a play that delegates to prod",
            .inside(
                """
                folder=$(mktemp -d); cat >"$folder/play.yml" <<'PLAY'
                - hosts: localhost
                  connection: local
                  gather_facts: false
                  tasks:
                    - raw: "true"
                      delegate_to: 192.168.1.201
                      vars:
                        ansible_connection: ssh
                        ansible_ssh_common_args: -v -F none -o BatchMode=yes -o StrictHostKeyChecking=no
                          -o UserKnownHostsFile=/dev/null -o ConnectTimeout=20
                PLAY
                env -u ANSIBLE_INVENTORY -u ANSIBLE_VAULT_PASSWORD_FILE HOME="$folder" \
                    ansible-playbook -i localhost, "$folder/play.yml"
                """), stoppedBy: .network),
        Coupling(
            "an abstract socket of the host", .step("socat -t 20 - ABSTRACT-CONNECT:prod-agent"),
            stoppedBy: .network),
        Coupling(
            "prod's name in the host's table",
            .step(Tools.python("import socket; print(socket.gethostbyname_ex(\"vault.prod\"))")),
            stoppedBy: .names),
        Coupling(
            "a DNS answer for prod's name",
            .step(
                Tools.python(
                    """
                    import http.client
                    c = http.client.HTTPConnection("cms.prod.example", timeout=20); c.request("GET", "/")
                    print(c.getresponse().read())
                    """)), stoppedBy: .names, behind: .rule(.network)),
    ]
}
