import Testing

/// Hosts that cannot hold the wall, made of this one: what is said, and what mends it.
@Suite struct DoctorTests {
    @Test(
        "A host that cannot hold the wall is told what it lacks and what mends it",
        arguments: [
            ("namespaces", ["--disable-userns"], "the kernel refuses user namespaces", "sysctl -w kernel."),
            ("/dev/net/tun", ["--dev", "/dev"], "there is none", "modprobe tun"),
        ])
    func lacks(_ check: String, _ options: [String], _ what: String, _ remedy: String) async throws {
        var program = try Program()
        defer { program.remove() }
        program.wrapper = ["/usr/bin/bwrap", "--unshare-user", "--dev-bind", "/", "/"] + options + ["--"]
        let ended = try await program.run(["doctor"])
        #expect(ended.exit == 1)
        let line = try #require(ended.out.split(separator: "\n").first { $0.contains("MISSING  \(check) ") })
        #expect(line.contains(what))
        #expect(ended.out.contains("missing; mend with: ") && ended.out.contains(remedy), "\(ended.out)")
    }
}
