import Boundary
import wall_trial

extension Coupling {
    /// What the harness itself could be led to do; it runs where the LAN is.
    static let ofTheHarness: [Coupling] = [
        Coupling("a URL with prod's address", .request("http://192.168.1.201/"), stoppedBy: .unixSockets),
        Coupling("a URL with prod's name", .request("http://vault.prod/"), stoppedBy: .unixSockets),
        Coupling(
            "a URL with prod's IPv6 address", .request("http://[fd00:c9::201]/"), stoppedBy: .unixSockets),
        Coupling("a URL of a file", .request("file:///root/.vault-token"), stoppedBy: .schemes),
        Coupling(
            "a URL of another protocol", .request("dict://192.168.1.201/m:who"), stoppedBy: .schemes,
            behind: .rule(.unixSockets)),
        Coupling(
            "a link in place of a file that the harness reads",
            .shared("ln -s /root/.vault-token known_hosts", .reads("known_hosts")), stoppedBy: .links),
        Coupling(
            "a link in place of a folder that the harness writes to",
            .shared(
                "ln -s /root/.config pi1", .writes("pi1/serial.log", landing: "/root/.config/serial.log")),
            stoppedBy: .links),
        Coupling(
            "a link in place of a socket that the harness connects to",
            .shared("ln -s /run/docker.sock pi1-8200.sock", .asks("pi1-8200.sock")), stoppedBy: .links),
        Coupling(
            "a redirect that the client is sent", .redirect, stoppedBy: .redirects, behind: .sandbox),
        Coupling(
            "a redirect that is followed by hand", .client("http://0xC0A801C9"), stoppedBy: .addresses,
            behind: .sandbox),
        Coupling(
            "prod's address in an inventory",
            .inventory("3232235978", script: Tools.get + "http://192.168.1.202/"), stoppedBy: .addresses,
            behind: .rule(.network)),
        Coupling(
            "a name of the lab that leads to prod",
            .name("192.168.1.203", script: Tools.get + "http://192.168.1.203/"), stoppedBy: .addresses,
            behind: .rule(.network)),
    ]
}
