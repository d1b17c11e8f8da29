import Foundation
import Synchronization

/// What a bring-up says of itself while it goes on: which step, which machine, how long, and how long it
/// took last time.
public final class BringUp: Sendable {
    private let say: @Sendable (String) -> Void
    private let timings: Timings

    /// Reports each line to `say`; the durations of earlier bring-ups are read from and kept in `timings`.
    public init(timings: Timings, say: @escaping @Sendable (String) -> Void) {
        self.timings = timings
        self.say = say
    }

    /// Reports one line as it is.
    public func note(_ line: String) { say(line) }

    /// Runs one step, says when it begins, every fifteen seconds while it runs, and how long it took.
    public func step<Result: Sendable>(
        _ name: String, _ body: @Sendable () async throws -> Result
    ) async throws -> Result {
        let before = timings.last(name)
        say(before.map { "\(name) … (last time \(Self.seconds($0)))" } ?? "\(name) …")
        let clock = ContinuousClock()
        let start = clock.now
        let heartbeat = Task { [say] in
            while !Task.isCancelled {
                try await Task.sleep(for: .seconds(15))
                say("\(name) … \(Self.seconds(start.duration(to: clock.now))) so far")
            }
        }
        defer { heartbeat.cancel() }
        do {
            let result = try await body()
            let taken = start.duration(to: clock.now)
            timings.record(name, taken)
            say("\(name): done in \(Self.seconds(taken))")
            return result
        } catch {
            say("\(name): failed after \(Self.seconds(start.duration(to: clock.now)))")
            throw error
        }
    }

    private static func seconds(_ duration: Duration) -> String {
        duration.formatted(.units(allowed: [.minutes, .seconds], fractionalPart: .show(length: 1)))
    }
}
