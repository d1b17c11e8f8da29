import Synchronization

/// The sandboxes whose namespaces this process has open, for whoever must end them all at once.
public enum OpenSandboxes {
    private static let open = Mutex<[String: @Sendable () async -> Void]>([:])
    private static let closing = Mutex(false)
    private static let didNotEnd = Mutex<[String]>([])

    /// Notes how a sandbox is ended, in place of what was noted for it before.
    static func note(_ id: String, end: @escaping @Sendable () async -> Void) {
        open.withLock { $0[id] = end }
    }

    static func remove(_ id: String) { open.withLock { _ = $0.removeValue(forKey: id) } }

    static func noteLeft(_ id: String) { didNotEnd.withLock { $0.append(id) } }

    /// Those that this process could not end: their folders stay, for `drillctl reap` to remove once their processes have.
    public static var left: [String] { didNotEnd.withLock(\.self) }

    /// How many there are.
    public static var count: Int { open.withLock { $0.count } }

    /// Whether all are being ended: what fails from then on fails for that reason.
    public static var areClosing: Bool { closing.withLock(\.self) }

    /// Refuses to begin another one while all are being ended.
    ///
    /// - Throws: `CancellationError`.
    static func mayBegin() throws { if areClosing { throw CancellationError() } }

    /// Ends every one of them, for good: what Ctrl-C does before the process goes.
    public static func closeAll() async {
        closing.withLock { $0 = true }
        let ends = open.withLock { Array($0.values) }
        await withTaskGroup { group in
            for end in ends { group.addTask { await end() } }
        }
    }
}
