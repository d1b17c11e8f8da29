import Boundary
import Testing

@Suite("What programs say of the wall") struct WallRuleTests {
    @Test(arguments: [
        ("ssh: connect to host 192.168.1.201 port 22: Network is unreachable", WallRule.network),
        (
            "curl: (7) Failed to connect to 192.168.1.201 port 80 after 0 ms: Couldn't connect to server",
            .network
        ),
        ("socket.gaierror: [Errno -3] Temporary failure in name resolution", .network),
        ("curl: (6) Could not resolve host: vault.prod", .names),
        ("bash: line 3: VAULT_ADDR: unbound variable", .environment),
        ("cat: /root/.kube/config: No such file or directory", .root),
        ("sh: 1: cannot open /dev/tty: No such device or address", .terminal),
        (
            "GET http://pi1/ refused; refused by the wall's rule http-only (docs/isolation-boundary.md)",
            .schemes
        ),
    ])
    func namesItsRule(_ said: String, _ rule: WallRule) {
        #expect(WallRule.named(by: said) == rule)
    }

    /// What a lab that is broken says of itself.
    @Test(arguments: [
        "curl: (7) Failed to connect to 10.77.0.1 port 8200 after 3072 ms: Couldn't connect to server",
        "curl: (7) Failed to connect to pi2 port 8200 after 2 ms: Couldn't connect to server",
        "ssh: connect to host pi1 port 22: No route to host", "bash: line 9: NODE: unbound variable",
        "psql: error: connection to server at \"pi2\" failed: Connection refused",
        "cat: /srv/volume/brick: No such file or directory", "",
    ])
    func isNotBlamedForTheLab(_ said: String) {
        #expect(WallRule.named(by: said) == nil)
    }
}
