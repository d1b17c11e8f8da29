import Boundary
import Synchronization

/// The sandboxes whose namespaces this process has open, for whoever must end them all at once.
public enum OpenSandboxes {
    private static let open = Mutex<[String: @Sendable () async -> Void]>([:])
    private static let opening = Mutex<Set<String>>([])
    private static let closing = Mutex(false)
    private static let didNotEnd = Mutex<Set<String>>([])

    /// Notes a sandbox that has its folder and no namespace yet: whoever opens it ends it, or notes how it is ended.
    static func noteOpening(_ id: String) { opening.withLock { _ = $0.insert(id) } }

    /// Notes how a sandbox is ended, in place of what was noted for it before.
    static func note(_ id: String, end: @escaping @Sendable () async -> Void) {
        open.withLock { $0[id] = end }
        opening.withLock { _ = $0.remove(id) }
    }

    static func remove(_ id: String) {
        open.withLock { _ = $0.removeValue(forKey: id) }
        opening.withLock { _ = $0.remove(id) }
    }

    /// Notes whether a sandbox ended when it was to: a second try may end what the first did not.
    static func note(_ id: String, ended: Bool) {
        didNotEnd.withLock { ids in
            if ended { ids.remove(id) } else { ids.insert(id) }
        }
    }

    /// Those that this process could not end: their folders stay, for `drillctl reap` to remove once their processes have.
    public static var left: [String] { didNotEnd.withLock { $0.sorted() } }

    /// What did not end, for a person to read; nil where nothing is left.
    public static var leftovers: String? {
        guard !left.isEmpty else { return nil }
        return
            "\(left.joined(separator: ", ")) did not end and is left: see 'drillctl list', then 'drillctl reap'"
    }

    /// How many there are.
    public static var count: Int { open.withLock { $0.count } }

    /// Whether all are being ended: what fails from then on fails for that reason.
    public static var areClosing: Bool { closing.withLock(\.self) }

    /// Refuses to begin another one while all are being ended.
    ///
    /// - Throws: `CancellationError`.
    static func mayBegin() throws { if areClosing { throw CancellationError() } }

    /// Ends every one of them, for good, and waits for those that are being opened: what Ctrl-C does before the process goes.
    public static func closeAll() async {
        closing.withLock { $0 = true }
        let ended = await endAll()
        do {
            try await eventually("no sandbox is being opened", within: patience) {
                guard opening.withLock(\.isEmpty) else { throw StillOpening() }
                return ()
            }
        } catch {
            for id in opening.withLock(\.self) { note(id, ended: false) }
        }
        // Those that were noted meanwhile: what did not end once is not waited for again.
        await endAll(but: ended)
    }

    private struct StillOpening: Error {}

    /// How long a namespace may take to open: it has 20 s itself (``Boundary/Namespace``).
    private static let patience = Duration.seconds(30)

    /// Ends all but some; tells which those are that it has tried.
    @discardableResult
    private static func endAll(but ended: Set<String> = []) async -> Set<String> {
        let ends = open.withLock { $0.filter { !ended.contains($0.key) } }
        await withTaskGroup { group in
            for end in ends.values { group.addTask { await end() } }
        }
        return Set(ends.keys)
    }
}
