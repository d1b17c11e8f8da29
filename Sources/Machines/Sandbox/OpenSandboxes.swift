import Synchronization

/// The sandboxes that this process has open, for whoever must end them all at once.
public enum OpenSandboxes {
    private static let open = Mutex<[String: Sandbox]>([:])
    private static let closing = Mutex(false)

    static func add(_ sandbox: Sandbox) { open.withLock { $0[sandbox.id] = sandbox } }

    static func remove(_ id: String) { open.withLock { _ = $0.removeValue(forKey: id) } }

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
        let sandboxes = open.withLock { Array($0.values) }
        await withTaskGroup { group in
            for sandbox in sandboxes { group.addTask { await sandbox.close() } }
        }
    }
}
