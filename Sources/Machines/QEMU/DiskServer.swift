import Boundary

/// The disk of one machine: a file behind an nbdkit with a volatile write-back cache, as real disks have one.
///
/// Killing the server with its machine loses exactly the writes that were never flushed: nbdkit's cache filter keeps them
/// in the server's own unlinked file. Every power cut proves it on a sentinel (``Sentinel``).
struct DiskServer {
    let process: NamespaceProcess

    /// Serves `file` on `socket`, both inside the namespace; `hostSocket` is the same socket seen from outside.
    static func start(
        file: String, socket: String, hostSocket: String, log: String, in namespace: Namespace
    ) async throws -> DiskServer {
        try SharedPath(hostSocket).remove()
        let process = try await namespace.start(
            [
                "nbdkit", "--foreground", "--unix", socket, "--filter=cache", "file", file,
                "cache=writeback", "cache-min-block-size=4K",
            ], log: log)
        _ = try await eventually("nbdkit serves \(file)", within: .seconds(10), every: .milliseconds(10)) {
            if let exit = process.exit {
                throw Hopeless("nbdkit ended with \(exit); see \(log)")
            }
            return try SharedPath(hostSocket).exists() ? true : nil
        }
        return DiskServer(process: process)
    }
}
