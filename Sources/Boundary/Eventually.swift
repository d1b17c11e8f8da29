/// Thrown by a probe when what is waited for can no longer happen.
public struct Hopeless: Error, Sendable, CustomStringConvertible {
    /// Why waiting longer is no use.
    public var reason: String

    /// Ends a wait at once.
    public init(_ reason: String) { self.reason = reason }

    /// The reason.
    public var description: String { reason }
}

/// A wait that ended without what it waited for.
public struct WaitError: Error, Sendable, CustomStringConvertible {
    /// What was waited for.
    public var what: String
    /// How long it was waited for.
    public var waited: Duration
    /// What the probe last saw: its last error, or that it saw nothing yet.
    public var lastSeen: String
    /// Whether it ended early, because it could no longer happen.
    public var hopeless: Bool

    /// What, after how long, and what was last seen.
    public var description: String {
        let seconds = (waited / .milliseconds(100)).rounded() / 10
        return hopeless
            ? "\(what) can no longer happen, seen after \(seconds) s: \(lastSeen)"
            : "\(what) did not happen within \(seconds) s; last seen: \(lastSeen)"
    }
}

/// The one way to wait: probes until it yields a value, at most `within`.
///
/// The probe returns nil for "not yet" and may throw: an error counts as "not yet" too and is reported as
/// what was last seen, but `Hopeless` ends the wait at once. A probe that runs past the deadline is cancelled,
/// so it must heed cancellation; `hopeless` is asked before each probe and gives a reason to stop.
///
/// Not behind `try?` with a closure of several statements that ends in `? () : nil`: Swift 6.3 then takes `Value` for an
/// optional, and the first `nil` ends the wait.
///
/// - Throws: `WaitError`, or `CancellationError` when the waiting task is cancelled.
@discardableResult
public func eventually<Value: Sendable>(
    _ what: String,
    within: Duration,
    every: Duration = .milliseconds(50),
    hopeless: @escaping @Sendable () async -> String? = { nil },
    _ probe: @escaping @Sendable () async throws -> Value?
) async throws -> Value {
    let clock = ContinuousClock()
    let start = clock.now
    let seen = LastSeen()
    let found: Value? = try await withDeadline(within) {
        while true {
            if let reason = await hopeless() { throw Hopeless(reason) }
            do {
                if let value = try await probe() { return value }
                seen.note("not yet")
            } catch let error as Hopeless {
                throw error
            } catch {
                try Task.checkCancellation()
                seen.note("\(error)")
            }
            try await Task.sleep(for: every)
        }
    } mapping: { error in
        guard let error = error as? Hopeless else { return error }
        return WaitError(what: what, waited: clock.now - start, lastSeen: error.reason, hopeless: true)
    }
    guard let found else {
        throw WaitError(what: what, waited: clock.now - start, lastSeen: seen.text, hopeless: false)
    }
    return found
}
