import Boundary
import Foundation
import Synchronization

/// A lock on a file that the kernel takes back when its holder dies (`flock`).
///
/// It belongs to the open file, so two locks in one process exclude each other too, and no program that a
/// child becomes keeps it: the descriptor is closed at exec.
final class FileLock: Sendable {
    enum Mode: Int32, Sendable {
        case shared
        case exclusive

        fileprivate var operation: Int32 { self == .shared ? LOCK_SH : LOCK_EX }
    }

    let path: String
    private let descriptor: Mutex<Int32>

    private init(path: String, descriptor: Int32) {
        self.path = path
        self.descriptor = Mutex(descriptor)
    }

    deinit { release() }

    /// Takes the lock if it is free now, making the file if there is none; nil if others hold it.
    static func attempt(_ path: String, _ mode: Mode) throws -> FileLock? {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw MachineError.system("cannot open the lock file \(path)") }
        guard flock(descriptor, mode.operation | LOCK_NB) == 0 else {
            let reason = errno
            close(descriptor)
            guard reason == EWOULDBLOCK || reason == EINTR else {
                throw MachineError.system("cannot lock \(path)", reason)
            }
            return nil
        }
        // Between opening and locking, its last holder may have removed the file: then this locks nothing.
        var locked = stat()
        var named = stat()
        guard fstat(descriptor, &locked) == 0, stat(path, &named) == 0, locked.st_ino == named.st_ino else {
            close(descriptor)
            return nil
        }
        return FileLock(path: path, descriptor: descriptor)
    }

    /// Takes the lock as soon as it is free.
    ///
    /// A blocking `flock` would hold a thread of the cooperative pool, so the lock is asked for again and
    /// again without blocking.
    static func acquire(
        _ path: String, _ mode: Mode, within: Duration, every: Duration = .milliseconds(20)
    ) async throws -> FileLock {
        try await eventually("the lock \(path) is free", within: within, every: every) {
            do {
                if let lock = try attempt(path, mode) { return lock }
            } catch let error as MachineError {
                throw Hopeless(error.description)
            }
            return nil
        }
    }

    /// What the holder wrote into the file, for those who wait.
    static func note(at path: String) -> Data? { FileManager.default.contents(atPath: path) }

    /// Writes into the file, replacing what is there.
    func write(_ data: Data) throws {
        try descriptor.withLock { descriptor in
            let written = data.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, 0) }
            guard written == data.count, ftruncate(descriptor, off_t(data.count)) == 0 else {
                throw MachineError.system("cannot write \(path)")
            }
        }
    }

    /// Whether it is still ours.
    var isHeld: Bool { descriptor.withLock { $0 >= 0 } }

    /// Marks the file as used now.
    func touch() { utimes(path, nil) }

    /// Removes the file and gives the lock back; without the lock it does nothing.
    func remove() {
        descriptor.withLock { descriptor in
            if descriptor >= 0 { unlink(path) }
        }
        release()
    }

    /// Gives the lock back; the second time does nothing.
    ///
    /// Unlocked first, then closed: a child that somebody else is starting shares the open file until its
    /// exec, and closing our own descriptor would leave the lock held until then (flock(2)).
    func release() {
        descriptor.withLock { descriptor in
            guard descriptor >= 0 else { return }
            flock(descriptor, LOCK_UN)
            close(descriptor)
            descriptor = -1
        }
    }
}

extension MachineError {
    /// What the operating system said no to, with its reason.
    static func system(_ what: String, _ code: Int32 = errno, next: String? = nil) -> MachineError {
        MachineError(what, lastSeen: String(cString: strerror(code)), next: next)
    }
}
