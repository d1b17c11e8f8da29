import Boundary

/// A disk that grows slow or hangs under a machine that runs.
///
/// nbdkit's own filters `rate`, `delay` and `pause` are chosen when it starts; a server that was started anew would have lost
/// its volatile cache, which is another fault. So QEMU throttles, and the server is halted, as they are.
extension QEMUMachine {
    func slowDisk(bytesPerSecond: Int) async throws {
        let devices = try await running().execute("query-block").array ?? []
        guard
            let device = devices.first(where: { $0["inserted"]["node-name"].string == "disk" })?["qdev"]
                .string
        else {
            throw MachineError(
                "\(name): its disk cannot be slowed", lastSeen: "QEMU has no device on the node `disk`")
        }
        let limits: JSON = [
            "id": .string(device), "bps": .int(bytesPerSecond), "bps_rd": 0, "bps_wr": 0, "iops": 0,
            "iops_rd": 0, "iops_wr": 0,
        ]
        _ = try await running().execute("block_set_io_throttle", limits)
        isDiskBusy = true
    }

    /// A disk server that is stopped answers nothing, and the guest waits: virtio knows no deadline.
    func hangDisk() async throws {
        guard let disk, disk.process.exit == nil else { throw MachineError.isOff(name) }
        disk.process.freeze()
        isDiskBusy = true
    }
}
