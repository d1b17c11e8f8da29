import Testing

@testable import Boundary

@Suite("A host that cannot hold a namespace") struct HostRequirementsTests {
    /// What bwrap 0.8 and `ip tuntap` said where they were refused.
    @Test(arguments: [
        (
            "bwrap: Creating new namespace failed: nesting depth or /proc/sys/user/max_*_namespaces exceeded (ENOSPC)",
            "sysctl"
        ),
        ("bwrap: setting up uid map: Permission denied", "sysctl"),
        ("open: Permission denied", "chmod 0666 /dev/net/tun"),
    ])
    func isToldWhatMendsIt(_ said: String, _ remedy: String) {
        let error = HostRequirements.explain("s-test", log: "something before\n\(said)\n")
        #expect(error.description.hasPrefix("this host cannot hold a sandbox: "))
        #expect(error.description.contains(said))
        #expect(error.description.contains("mend it with: ") && error.description.contains(remedy))
        #expect(!error.description.contains("\n"))
    }
}
