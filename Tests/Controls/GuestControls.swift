import Boundary
import DrillKit
import DrillTesting
import Foundation
import Machines
import Testing

/// Root on a machine of the lab reaches the sandbox's segment and nothing else: no prod, no host, no lab beside it.
///
/// Each attempt is also made where it must succeed, by the same program, or its failure would mean nothing: first with
/// prod on the machine's own segment, as it would be on the lab's LAN.
@Suite(.lab(), .serialized)
struct GuestControls {
    private func inLab<Value>(_ body: (Sandbox) async throws -> Value) async throws -> Value {
        let bench = try LabBench.ofThisTest()
        let sandbox = try await bench.workshop.builder.restore(
            bench.checkpoint, purpose: "guest control", use: .visit)
        return try await sandbox.closing(after: body)
    }

    @Test func rootReachesItsSegmentAndNothingElse() async throws {
        try await inLab { sandbox in
            let machine = try sandbox.machine("pi1")
            let prod = try await ProdOnTheSegment.appear(in: sandbox, to: machine)
            for attempt in GuestAttempt.all {
                for target in attempt.beyond {
                    let reached = try await attempt.made(on: machine, at: target)
                    #expect(reached.exit == 0, "\(attempt.name) to \(target), unwalled: \(reached.stderr)")
                }
            }
            try await prod.vanish()
            for attempt in GuestAttempt.all {
                let there = try await attempt.made(on: machine, at: attempt.there)
                #expect(there.exit == 0, "\(attempt.name) to \(attempt.there): \(there.stderr)")
                for target in attempt.beyond {
                    let beyond = try await attempt.made(on: machine, at: target)
                    #expect(beyond.exit != 0, "\(attempt.name) to \(target)")
                }
            }
        }
    }

    /// Besides its network card, a machine has one way to the outside: the agent's line, on which it is only asked.
    @Test func rootFindsNoOtherDoor() async throws {
        try await inLab { sandbox in
            let machine = try sandbox.machine("pi1")
            #expect(
                try await machine.run("ls", "/dev/virtio-ports").stdout == "org.qemu.guest_agent.0\n")
            let shared = try await machine.run("grep", "-E", " (9p|virtiofs) ", "/proc/mounts")
            #expect(shared.exit == 1, "\(shared.stdout)")
            #expect(try await machine.run("test", "-e", "/dev/vsock").exit == 1)
        }
    }

    /// Takes calls on every address that there is.
    private static let listener = """
        import socket, sys
        s = socket.create_server(("", int(sys.argv[1])))
        while True: s.accept()[0].close()
        """
    private static let port = "47777"

    @Test func rootReachesNeitherTheHostNorTheLabBeside() async throws {
        let tcp = try #require(GuestAttempt.all.first)
        let addresses = try await HostCommand.run(["hostname", "-I"], deadline: .seconds(20)).text
            .split(whereSeparator: \.isWhitespace).map(String.init)
        let host = Task {
            _ = try await HostCommand.run(
                ["/usr/bin/python3", "-I", "-c", Self.listener, Self.port], deadline: .seconds(1800))
        }
        defer { host.cancel() }
        try await eventually("the host listens", within: .seconds(30)) {
            let asked = try await HostCommand.run(
                ["/usr/bin/python3", "-I", "-c", tcp.program, "127.0.0.1", Self.port], deadline: .seconds(20))
            return asked.succeeded ? () : nil
        }
        try await inLab { here in
            let machine = try here.machine("pi1")
            for address in addresses + ["10.77.0.254", "10.0.2.2"] {
                let made = try await tcp.made(on: machine, at: [address, Self.port])
                #expect(made.exit != 0, "the host's \(address)")
            }
            try await inLab { beside in
                _ = try await beside.namespace.start(
                    ["/usr/bin/python3", "-I", "-c", Self.listener, Self.port],
                    log: beside.folder + "/listener.log")
                let neighbour = try beside.machine("pi1")
                try await eventually("its own machine reaches it", within: .seconds(60)) {
                    let made = try await tcp.made(on: neighbour, at: ["10.77.0.254", Self.port])
                    return made.exit == 0 ? () : nil
                }
                let made = try await tcp.made(on: machine, at: ["10.77.0.254", Self.port])
                #expect(made.exit != 0, "the lab beside")
            }
        }
    }
}
