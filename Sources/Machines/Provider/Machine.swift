import Foundation

/// One running or stopped node of a sandbox: pi1, pi2 or pi3.
///
/// This is all that a fault or a service may ask of a machine, whichever provider made it.
public protocol Machine: Sendable {
    /// The machine's name and addresses.
    var spec: MachineSpec { get }

    /// Whether it is switched on, as its light tells.
    var isOn: Bool { get async }

    /// Stops it where it is, for a moment or for good.
    ///
    /// - Returns: How many unflushed blocks in its disk's cache a power cut could keep.
    func holdStill() async throws -> Int

    /// Has it go on after it was held still.
    func goOn() async

    /// Cuts the power: the machine and what its disk's cache held are gone at once.
    ///
    /// Where a sentinel was laid out, an unflushed mark is written as the last thing before it. With a seed, the disk
    /// has kept a part of what nobody had flushed, as real ones do; the seed makes the same choice again.
    func cutPower(keepingSome seed: UInt64?) async throws

    /// Leaves a flushed mark on the disk of a running machine, so that its next power cut can be told from the mere
    /// end of a process.
    func layOutSentinel() async throws

    /// Reads off the disk of a dark machine what its power cut did to the sentinel that was laid out.
    ///
    /// - Throws: ``MachineError`` when it is on, or none was laid out.
    func readSentinel() async throws -> Sentinel.Reading

    /// From now on, until its power ends, its disk says "flushed" and keeps what it was told in its volatile cache.
    func ignoreFlushes() async throws

    /// From now on, until its power ends, its disk gives and takes only so much in a second.
    func slowDisk(bytesPerSecond: Int) async throws

    /// From now on, until its power ends, its disk answers nothing: whoever asks it waits.
    func hangDisk() async throws

    /// Whether the light of its disk stays on, because it is slow or stuck.
    var isDiskBusy: Bool { get async }

    /// It hangs: nothing in it runs any more, its light stays on, and only the end of its power helps.
    func hang() async throws

    /// Whether it is on and its screen stands still, because it hangs.
    var isHanging: Bool { get async throws }

    /// From now on each boot of it begins with a clock that is behind by `lag`, and nobody sets it: a machine without
    /// a battery, and without the network's time.
    func loseTime(_ lag: Duration) async throws

    /// Switches the machine on: a cold boot from its disk as it now is, until its agent answers.
    ///
    /// - Throws: ``MachineError`` when the agent does not answer within the deadline.
    func powerOn(deadline: Duration) async throws

    /// Whether its network cable is in, as the light beside it tells.
    var isPluggedIn: Bool { get async }

    /// Pulls its network cable: it runs on, and nobody reaches it.
    func unplug() async throws

    /// Puts its network cable back.
    func plugIn() async throws

    /// Ends the machine for good: its power, and with it its disk and all that was on it.
    func wreck() async throws

    /// Puts a new machine in its place: a blank disk with the profile's image, and a cold boot from it until its
    /// agent answers. What was on the old one's disk, if it still had one, is gone.
    ///
    /// - Throws: ``MachineError`` when the agent does not answer within the deadline.
    func replace(deadline: Duration) async throws

    /// Shuts the machine down in good order.
    func shutDown(deadline: Duration) async throws

    /// Runs a command as root in the machine, by the provider's own channel and not by its network.
    ///
    /// - Throws: ``MachineError`` when it cannot be run or exceeds the deadline. A non-zero exit is a result.
    func run(_ command: [String], input: String?, deadline: Duration) async throws -> GuestCommandResult
}

extension Machine {
    /// Sets the machine's clock to the host's, plus an offset for tests of old checkpoints.
    ///
    /// By a command: the guest agent's own `guest-set-time` calls hwclock, which is slow under emulation.
    func setClock(offset: Duration) async throws {
        let time = Date().timeIntervalSince1970 + Double(offset.components.seconds)
        let set = try await run("date", "--utc", "--set", "@" + String(format: "%.3f", time))
        guard set.exit == 0 else {
            throw MachineError("\(name): its clock could not be set", lastSeen: set.stderr)
        }
    }

    /// Cuts the power; nothing is left of what was not flushed.
    public func cutPower() async throws { try await cutPower(keepingSome: nil) }

    /// The machine's name.
    public var name: String { spec.name }

    /// Runs a command without input under a deadline of twenty seconds.
    public func run(_ command: String...) async throws -> GuestCommandResult {
        try await run(command, input: nil, deadline: .seconds(20))
    }
}
