import Boundary
import Foundation
import Machines

/// The single looks that ``HostReport`` is made of.
struct HostLook {
    let cache: Cache
    let runs: RunFolders
    /// Where programs are looked for, as in PATH.
    let path: String

    /// What the bring-up starts, and what for.
    static let needed = [
        ("qemu-system-x86_64", "the machines"), ("qemu-img", "their disks"), ("nbdkit", "their disks"),
        ("bwrap", "the wall"), ("nsenter", "the wall"), ("setpriv", "the wall"), ("socat", "the forwards"),
        ("mmdebstrap", "the image"), ("ansible-playbook", "the plays"), ("openssl", "the plays"),
        ("ssh", "the operator"),
    ]

    var programs: [HostCheck] {
        Self.needed.map { name, use in
            guard let found = find(name) else { return .missing(name, "not on PATH, needed for \(use)") }
            return .good(name, found)
        }
    }

    private func find(_ program: String) -> String? {
        path.split(separator: ":").map { "\($0)/\(program)" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// Opens a namespace with a bridge and a tap: that the programs are there does not say that it works.
    func namespaces() async -> HostCheck {
        let folder = "\(runs.root)/doctor-\(getpid())"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let startup = """
            ip link set lo up
            ip link add name br0 type bridge
            ip tuntap add dev tap0 mode tap
            ip link set dev tap0 master br0 up
            """
        do {
            let namespace = try await Namespace.open(
                NamespaceLayout(id: "doctor", startup: startup, statusFolder: folder))
            await namespace.close()
            return .good("namespaces", "one was opened, with a bridge and a tap in it")
        } catch let BoundaryError.hostLacks(what, remedy) {
            let installs = remedy.hasPrefix("apt-get")
            return .missing("namespaces", what, mend: installs ? HostReport.setup : remedy)
        } catch {
            return .missing("namespaces", "\(error)")
        }
    }

    var tunnels: HostCheck {
        let device = "/dev/net/tun"
        guard FileManager.default.fileExists(atPath: device) else {
            return .missing(device, "there is none", mend: "modprobe tun")
        }
        guard access(device, R_OK | W_OK) == 0 else {
            return .missing(device, "not ours to open", mend: "chmod 0666 \(device)")
        }
        return .good(device, "ours to open")
    }

    /// What was found out when machines first ran here; to find it out takes an image.
    var acceleration: HostCheck {
        let file = "\(cache.root)/accelerator-\(Architecture.host.rawValue).json"
        if let data = FileManager.default.contents(atPath: file),
            let choice = try? JSONDecoder().decode(AcceleratorChoice.self, from: data)
        {
            let seen = "\(choice.accelerator.rawValue): \(choice.reason)"
            guard choice.accelerator == .emulation else { return .good("acceleration", seen) }
            return .note("acceleration", seen)
        }
        let device = access("/dev/kvm", R_OK | W_OK) == 0
        return .note(
            "acceleration",
            device
                ? "/dev/kvm opens; the first bring-up finds out whether a guest starts under it"
                : "emulation: /dev/kvm is absent or not ours to open")
    }

    /// The programs that no package holds.
    var tools: HostCheck {
        guard let tools = try? HostTools(cache: cache) else {
            return .missing("bao, vault", "not in the cache at \(cache.root)")
        }
        return .good("bao, vault", tools.folder)
    }

    var checkpoint: HostCheck {
        let taken = ((try? cache.list()) ?? []).filter { $0.kind == "checkpoint" }
        guard !taken.isEmpty else {
            return .note("checkpoint", "none yet; the first drill builds it", mend: "drillctl checkpoint")
        }
        return .good("checkpoint", "\(taken.count) in \(cache.root)")
    }
}
