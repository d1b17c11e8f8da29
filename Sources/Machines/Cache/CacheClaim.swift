import Boundary
import Foundation

/// Settles who uses and who builds one entry, among all processes that want it.
struct CacheClaim: Sendable {
    /// What became of it.
    enum Outcome: Sendable {
        /// The entry is there and intact; it stays as long as the lock is held.
        case found(FileLock)
        /// There is none, and it is ours to build.
        case mine(FileLock)
    }

    /// What a builder writes into the lock file, for those who wait.
    struct Builder: Codable, Sendable {
        var owner: Int32
        var since: Date
    }

    let place: CachePlace

    /// Waits until the entry is there, or ours to build.
    func take(
        within: Duration, progress: @escaping @Sendable (String) -> Void
    ) async throws -> Outcome {
        let said = Latest<String>()
        return try await eventually("\(place.title) is there or can be built", within: within) {
            do {
                if let outcome = try await attempt(progress) { return outcome }
            } catch let error as MachineError {
                throw Hopeless(error.description)
            }
            let line = waitingLine
            if said.replace(with: line) { progress(line) }
            throw MachineError(line)
        }
    }

    private func attempt(_ progress: @Sendable (String) -> Void) async throws -> Outcome? {
        if exists("\(place.folder)/\(Manifest.name)"), let use = try FileLock.attempt(place.lock, .shared) {
            guard try await damage() != nil else {
                use.touch()
                return .found(use)
            }
            use.release()
        }
        guard let lock = try FileLock.attempt(place.lock, .exclusive) else { return nil }
        do {
            if exists("\(place.folder)/\(Manifest.name)") {
                guard let damage = try await damage() else {
                    // Another process finished it just now.
                    lock.release()
                    return nil
                }
                try setAside(because: damage, progress)
            }
            try lock.write(JSONEncoder().encode(Builder(owner: getpid(), since: Date())))
        } catch {
            lock.release()
            throw error
        }
        return .mine(lock)
    }

    private func damage() async throws -> String? {
        let place = place
        return try await Disk.onOwnThread { Manifest.damage(of: place.folder, key: place.key, deep: false) }
    }

    private func setAside(because damage: String, _ progress: @Sendable (String) -> Void) throws {
        try place.setAside()
        progress("\(place.title) is damaged (\(damage)): set aside as \(place.damaged), building it anew")
    }

    private var waitingLine: String {
        guard let note = FileLock.note(at: place.lock),
            let builder = try? JSONDecoder().decode(Builder.self, from: note)
        else { return "waiting for another process to let go of \(place.title)" }
        return "waiting for process \(builder.owner), which has been building \(place.title) "
            + "since \(builder.since.formatted(.iso8601))"
    }
}
