import Foundation

/// A Unix socket that is held by its descriptor: whatever is put in its place later, this one is connected to.
public final class HeldSocket: Sendable {
    private let descriptor: Int32

    /// Takes over the descriptor of a socket's place in the file system.
    init(_ descriptor: Int32) { self.descriptor = descriptor }

    deinit { close(descriptor) }

    /// What to connect to, as long as this is held: the kernel goes from there to the place itself (proc(5)).
    ///
    /// Sandboxes are Linux's alone, and so is this.
    public var path: String { "/proc/self/fd/\(descriptor)" }

    /// Whether it was removed, so that nobody can be reached by it any more; one that was given another name is not.
    var isGone: Bool {
        var status = stat()
        return fstat(descriptor, &status) != 0 || status.st_nlink == 0
    }
}
