import Foundation

/// The command line of one machine's QEMU, as seen from inside the sandbox's namespace.
struct QEMUCommand {
    /// How the machine's memory comes to be.
    enum Memory {
        /// Fresh memory that dies with the process.
        case fresh
        /// A file that holds the memory, written as the guest runs: it becomes a checkpoint's memory.
        case written(to: String)
        /// The memory of a frozen file, seen copy-on-write: the file itself never changes.
        case loaded(from: String)
    }

    let spec: MachineSpec
    let architecture: Architecture
    let accelerator: Accelerator
    let memory: Memory
    /// The folder of the machine's sockets, inside the namespace.
    let folder: String
    let tap: String
    /// How far the clock that the machine boots with is behind the host's; nil where it is the host's.
    let clockLag: Duration?

    var arguments: [String] {
        [architecture.program, "-name", spec.name, "-nodefaults", "-no-user-config", "-display", "none"]
            + ["-machine", "\(architecture.machineModel),memory-backend=ram", "-accel", accelerator.option]
            + ["-cpu", architecture.processor(under: accelerator), "-smp", "1", "-m", "\(spec.memoryMB)M"]
            + ["-object", memoryObject]
            + ["-qmp", "unix:\(folder)/qmp.sock,server=on,wait=off", "-serial", "file:\(folder)/serial.log"]
            + ["-kernel", "/image/vmlinuz", "-initrd", "/image/initrd", "-append", kernelArguments]
            + disk + network + agent + clock
            + ["-device", "virtio-rng-pci"]
            + incoming
    }

    private var memoryObject: String {
        let size = "size=\(spec.memoryMB)M"
        return switch memory {
        case .fresh: "memory-backend-ram,id=ram,\(size)"
        case .written(let path): "memory-backend-file,id=ram,\(size),mem-path=\(path),share=on"
        case .loaded(let path): "memory-backend-file,id=ram,\(size),mem-path=\(path),share=off"
        }
    }

    private var incoming: [String] {
        if case .loaded = memory { ["-incoming", "defer"] } else { [] }
    }

    private var disk: [String] {
        let node = "driver=qcow2,node-name=disk,file.driver=nbd,file.server.type=unix"
        return [
            "-blockdev", "\(node),file.server.path=\(folder)/disk.sock",
            "-device", "virtio-blk-pci,drive=disk,write-cache=on",
        ]
    }

    /// The name of its network cable's end.
    static let lan = "lan"

    private var network: [String] {
        [
            "-netdev", "tap,id=\(Self.lan),ifname=\(tap),script=no,downscript=no",
            "-device", "virtio-net-pci,netdev=\(Self.lan),romfile=,mac=\(spec.hardwareAddress)",
        ]
    }

    private var agent: [String] {
        [
            "-chardev", "socket,id=agent,path=\(folder)/agent.sock,server=on,wait=off",
            "-device", "virtio-serial-pci",
            "-device", "virtserialport,chardev=agent,name=org.qemu.guest_agent.0",
        ]
    }

    /// The battery's clock, as the machine finds it at power-on.
    private var clock: [String] {
        guard let clockLag else { return [] }
        let time = Date(timeIntervalSinceNow: -Double(clockLag.components.seconds))
        let stamp = time.formatted(.iso8601.year().month().day().time(includingFractionalSeconds: false))
        return ["-rtc", "base=\(stamp)"]
    }

    /// What the kernel is told: the machine's name, how to mount the root, and to leave out what costs time under emulation.
    ///
    /// The root's options are those of the image's `/etc/fstab`, which nothing applies at boot.
    private var kernelArguments: String {
        [
            "root=/dev/vda rw rootfstype=ext4 rootflags=noatime,errors=remount-ro console=\(architecture.console)",
            "systemd.hostname=\(spec.name) net.ifnames=0 quiet loglevel=4 systemd.show_status=false",
            "mitigations=off nokaslr nowatchdog cryptomgr.notests no_timer_check random.trust_cpu=on",
        ].joined(separator: " ")
    }
}
