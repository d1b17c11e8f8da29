import Foundation
import Testing

@testable import Boundary

@Suite("The proof of the wall") struct BoundaryProofTests {
    static let bridge = """
        ip link set lo up
        ip link add br0 type bridge
        ip addr add 10.77.0.254/24 dev br0
        ip link set br0 up
        """

    func prove(_ startup: String = bridge, mounts: [Mount] = []) async throws -> BoundaryProof {
        try await withNamespace(startup, mounts: mounts) { namespace, folder in
            try FileManager.default.createDirectory(
                atPath: folder + "/home", withIntermediateDirectories: false)
            return try await BoundaryProof.prove(namespace, operator: OperatorRoot(home: folder + "/home"))
        }
    }

    @Test func holdsFromEveryVantage() async throws {
        let proof = try await prove()
        #expect(proof.holds, "\(proof.failures)")
        #expect(proof.checks.count == 21)
    }

    /// On a busy host one of ten will do.
    @Test func takesUnderASecond() async throws {
        var seconds: [Double] = []
        while seconds.count < 10, seconds.allSatisfy({ $0 >= 1 }) {
            let proof = try await prove()
            #expect(proof.checks.allSatisfy { $0.seconds > 0 && $0.seconds <= proof.seconds })
            seconds.append(proof.seconds)
        }
        #expect(seconds.contains { $0 < 1 }, "\(seconds)")
    }

    @Test func failsWithADefaultRouteAndTriesNothing() async throws {
        let proof = try await prove(Self.bridge + "\nip route add default via 10.77.0.1")
        let bad = proof.checks.filter { !$0.ok }
        #expect(
            bad.map(\.check).sorted() == [
                "operator: connections out", "operator: routes", "sandbox: connections out",
                "sandbox: routes",
            ])
        #expect(proof.failures.contains("0.0.0.0/0 dev br0"))
        #expect(proof.failures.contains("192.168.1.201 port 22 not tried, there is a route"))
    }

    @Test func failsWithARouteToProdAlone() async throws {
        let proof = try await prove(Self.bridge + "\nip route add 192.168.1.0/24 via 10.77.0.1")
        #expect(proof.failures.contains("192.168.1.0/24 dev br0"))
    }

    @Test func failsWithIPv6OfTheWorld() async throws {
        let proof = try await prove(Self.bridge + "\nip -6 route add 2001:db8::/32 dev br0")
        #expect(proof.failures.contains("2001:db8::/32 dev br0"))
    }

    @Test func failsWhenAFileOfTheHostIsSeen() async throws {
        let proof = try await withNamespace(
            Self.bridge, mounts: [Mount(source: "/etc/passwd", target: "/etc/shadow")]
        ) { namespace, _ in try await BoundaryProof.prove(namespace) }
        #expect(proof.failures == "sandbox: files of the host: must not be: /etc/shadow")
    }

    /// Each rule on its own: facts that a hole would show, held against the rules.
    @Test func everyRuleNoticesItsHole() async throws {
        let facts = try await withNamespace { namespace, _ in
            try WallProbe.facts(
                try await namespace.run(WallProbe.command(trying: .lab), deadline: .seconds(20)))
        }
        let rules = WallRules(segment: "10.77.0.0/24", hostAbstractSockets: ["@/tmp/.X11-unix/X0"])
        func failing(_ change: (inout WallProbe.Facts) throws -> Void) rethrows -> [String] {
            var changed = facts
            try change(&changed)
            return rules.judge(changed, vantage: "v", mounts: [], variables: []).filter { !$0.ok }.map(
                \.check)
        }
        #expect(failing { _ in } == [])
        #expect(failing { $0.routes.append("10.78.0.0/24 dev br0") } == ["v: routes"])
        #expect(failing { $0.attempts[0].result = "ECONNREFUSED" } == ["v: connections out"])
        #expect(failing { $0.environment.append("SSH_AUTH_SOCK") } == ["v: environment"])
        #expect(failing { $0.mounts.append("/home/someone") } == ["v: mounts"])
        #expect(failing { $0.mounts.append("/run/docker.sock") } == ["v: mounts"])
        #expect(failing { $0.visible.append("/root") } == ["v: files of the host"])
        #expect(failing { $0.descriptors.append(7) } == ["v: descriptors"])
        #expect(failing { $0.abstract.append("@/tmp/.X11-unix/X0") } == ["v: abstract sockets"])
        #expect(
            failing { $0.settings.append("sys/kernel/core_pattern") } == ["v: kernel settings of the host"])
        #expect(failing { $0.roots.append("4") } == ["v: roots of other processes"])
        let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/ns/net")
        #expect(failing { $0.namespaces["net"] = own } == ["v: namespaces"])
    }
}

extension BoundaryProof {
    /// Whether every check held.
    fileprivate var holds: Bool { checks.allSatisfy(\.ok) }

    /// The checks that did not hold, one a line.
    fileprivate var failures: String {
        checks.filter { !$0.ok }.map { "\($0.check): \($0.seen)" }.joined(separator: "\n")
    }
}
