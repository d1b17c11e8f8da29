import Foundation

/// A Unix socket that is held by its descriptor: whatever is put in its place later, this one is connected to.
public final class HeldSocket: Sendable {
    private let descriptor: Int32
    /// What to connect to, as long as this is held.
    public let path: String

    /// Takes over the descriptor of a socket's place in the file system.
    init(_ descriptor: Int32, path: String) {
        self.descriptor = descriptor
        #if os(Linux)
            // connect(2) goes by it to the place itself; also, no path is too long for a socket this way.
            self.path = "/proc/self/fd/\(descriptor)"
        #else
            self.path = path
        #endif
    }

    deinit { close(descriptor) }

    /// Whether it was removed from where it stood: nobody can be reached by it any more.
    var isGone: Bool {
        var status = stat()
        return fstat(descriptor, &status) != 0 || status.st_nlink == 0
    }
}
