import Foundation
import Testing

@testable import Machines

/// A real guest, booted from an image by hand: `DRILL_TEST_IMAGE=folder swift test --filter RealGuestTests`.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["DRILL_TEST_IMAGE"] != nil))
struct RealGuestTests {
    @Test func theAgentAnswersFromBootOnAndAfterAReset() async throws {
        let image = try #require(ProcessInfo.processInfo.environment["DRILL_TEST_IMAGE"])
        let scratch = try Scratch()
        let socket = scratch("agent.sock")
        let qemu = try Child([
            "qemu-system-x86_64", "-nodefaults", "-display", "none", "-m", "900M", "-machine", "q35",
            "-accel",
            "tcg,thread=multi", "-cpu", "Westmere", "-kernel", "\(image)/vmlinuz", "-initrd",
            "\(image)/initrd",
            "-append", "root=/dev/vda rw console=ttyS0 systemd.hostname=pi1 net.ifnames=0 quiet",
            "-drive", "file=\(image)/disk.raw,format=raw,if=virtio,snapshot=on", "-serial",
            "file:\(scratch("serial.log"))", "-qmp", "unix:\(scratch("qmp.sock")),server=on,wait=off",
            "-chardev", "socket,id=agent,path=\(socket),server=on,wait=off", "-device", "virtio-serial-pci",
            "-device", "virtserialport,chardev=agent,name=org.qemu.guest_agent.0",
        ])
        defer { withExtendedLifetime(qemu) {} }
        let qmp = try await QMPClient.connect(
            socket: scratch("qmp.sock"), machine: "pi1", deadline: .seconds(30))
        let agent = try await GuestAgent.connect(socket: socket, machine: "pi1", deadline: .seconds(30))

        let clock = ContinuousClock()
        print("boot to agent:", try await clock.measure { try await agent.sync(deadline: .seconds(300)) })
        print(
            "true:",
            try await clock.measure { try await agent.run(["true"], deadline: .seconds(30)).check() })
        #expect(try await agent.run(["hostname"], deadline: .seconds(30)).check().stdout == "pi1\n")

        await #expect(throws: ControlError.self) {
            try await agent.run(["sleep", "600"], deadline: .seconds(2))
        }
        let left = try await agent.run(["pgrep", "-c", "sleep"], deadline: .seconds(30))
        #expect(left.stdout == "0\n")

        // A second client has its own session on the same channel, whatever the first one left in it.
        agent.close()
        try await qmp.execute("system_reset")
        let next = try await GuestAgent.connect(socket: socket, machine: "pi1", deadline: .seconds(30))
        print("reset to agent:", try await clock.measure { try await next.sync(deadline: .seconds(300)) })
        #expect(try await next.run(["cat", "/proc/uptime"], deadline: .seconds(30)).check().exit == 0)

        let mark = qmp.mark
        try await next.shutDown()
        _ = try await qmp.waitForEvent(named: "SHUTDOWN", after: mark, deadline: .seconds(120))
    }
}
