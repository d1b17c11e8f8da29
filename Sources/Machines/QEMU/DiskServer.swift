import Boundary

/// The disk of one machine: a file behind an nbdkit with a volatile write-back cache, as real disks have one.
///
/// Killing the server with its machine loses exactly the writes that were never flushed: nbdkit's cache filter keeps them
/// in the server's own unlinked file. Every power cut proves it on a sentinel (``Sentinel``).
///
/// That file lies beside the disk's (nbdkit-cache-filter(1), TMPDIR): where nbdkit puts it by itself is memory here, which
/// nobody has counted.
struct DiskServer {
    let process: NamespaceProcess

    /// Serves a file of `folder` on a socket in it, as the namespace sees it; `hostSocket` is the socket seen from outside.
    static func start(
        file: String, in folder: String, hostSocket: String, log: String, in namespace: Namespace
    ) async throws -> DiskServer {
        try SharedPath(hostSocket).remove()
        let process = try await namespace.start(
            [
                "nbdkit", "--foreground", "--unix", "\(folder)/disk.sock", "--filter=cache", "file",
                "\(folder)/\(file)", "cache=writeback", "cache-min-block-size=4K",
            ], environment: ["TMPDIR": folder], log: log)
        _ = try await eventually(
            "nbdkit serves \(folder)/\(file)", within: .seconds(10), every: .milliseconds(10)
        ) {
            if let exit = process.exit {
                throw Hopeless("nbdkit ended with \(exit): \(process.lastWords)")
            }
            return try SharedPath(hostSocket).exists() ? true : nil
        }
        return DiskServer(process: process)
    }
}
