import Boundary
public import Foundation

/// Decides how many sandboxes run at once, across processes, by memory and cores.
///
/// Every request is a file in `<runs>/slots/`, numbered by arrival and locked by its process as long as it
/// waits or runs: a process that dies leaves the queue and frees its slot by itself. Only the oldest request
/// that waits may be admitted, so a large one is not passed over for ever.
public struct Admission: Sendable {
    private let folder: String
    private let rule: AdmissionRule
    private let host: @Sendable () -> HostCapacity

    /// The pool of this host and user; `DRILL_SANDBOXES` sets how many sandboxes may run at once.
    ///
    /// - Throws: `MachineError` when `DRILL_SANDBOXES` is no number above 0.
    public init(
        runs: RunFolders, environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws {
        try self.init(runs: runs, environment: environment, host: HostCapacity.current)
    }

    init(
        runs: RunFolders, environment: [String: String], host: @escaping @Sendable () -> HostCapacity
    ) throws {
        var most: Int?
        if let text = environment["DRILL_SANDBOXES"] {
            guard let number = Int(text), number > 0 else {
                throw MachineError(
                    "DRILL_SANDBOXES=\(text) is no number of sandboxes",
                    next: "set it to 1 or more, or unset it")
            }
            most = number
        }
        self.folder = "\(runs.root)/slots"
        self.rule = AdmissionRule(most: most)
        self.host = host
        try HostFiles.makePrivateFolder(folder)
    }

    /// Waits until a sandbox fits: as long as the queue moves, for a run of many cases stands in it for hours.
    ///
    /// - Parameters:
    ///   - memoryMB: What it takes at most, in mebibytes.
    ///   - cores: How many cores it keeps busy.
    ///   - deadline: How long the queue may stand still.
    ///   - progress: Told each time that what stands in the way changes.
    /// - Throws: `WaitError` when it stands still for that long, or when this host can never hold so much.
    public func acquire(
        memoryMB: Int, cores: Int = 1, deadline: Duration = .seconds(3600),
        progress: @escaping @Sendable (String) -> Void = { _ in }
    ) async throws -> Slot {
        let queue = SlotQueue(folder: folder)
        let request = try await queue.join(Demand(memoryMB: memoryMB, cores: cores))
        let said = Latest<String>()
        while true {
            let before = queue.requests(before: request.number)
            do {
                try await eventually(
                    "a sandbox fits on this host", within: deadline, every: .milliseconds(100)
                ) {
                    guard let waiting = try await attempt(request, in: queue) else { return () }
                    if said.replace(with: waiting) { progress(waiting) }
                    // Its turn is far: it looks a tenth as often, for looking takes time from those that run.
                    if queue.requests(before: request.number) > 1 { try await Task.sleep(for: .seconds(1)) }
                    throw MachineError(waiting)
                }
                return Slot(lock: request.lock)
            } catch let error as WaitError
                where !error.hopeless && queue.requests(before: request.number) < before
            {
                continue
            } catch {
                request.lock.remove()
                throw error
            }
        }
    }

    /// Admits the request if it is its turn and it fits; otherwise what it waits for.
    private func attempt(_ request: SlotQueue.Request, in queue: SlotQueue) async throws -> String? {
        try await queue.locked(besides: request.number) { others in
            if let never = rule.impossibility(of: request.demand, on: host()) { throw Hopeless(never) }
            let running = others.filter(\.admitted)
            let ahead = others.count { !$0.admitted && $0.number < request.number }
            let obstacle =
                ahead > 0
                ? "others came first"
                : rule.obstacle(to: request.demand, beside: running.map(\.demand), on: host())
            if let obstacle {
                return
                    "waiting for a slot: \(running.count) running, \(ahead) ahead in the queue; \(obstacle)"
            }
            try request.admit()
            return nil
        }
    }
}

/// The right to run one sandbox; given back when released, or when the process dies.
public final class Slot: Sendable {
    private let lock: FileLock

    fileprivate init(lock: FileLock) { self.lock = lock }

    deinit { release() }

    /// Gives the slot back; the second time does nothing.
    public func release() { lock.remove() }
}
