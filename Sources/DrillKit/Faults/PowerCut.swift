import Boundary
import Machines
import Synchronization

/// The power of all machines ends in the middle of their clients' writes: at once, or one after the other.
struct PowerCut: Fault {
    let kind: String
    let vantage = "the operator's laptop knocks at port 22, and each dark machine's disk"
    private let order: [String]
    private let pause: Duration
    private let clockLag: Duration?
    private let seed: UInt64?

    /// Cuts the power.
    ///
    /// - Parameters:
    ///   - machines: Whose, in the order in which it ends.
    ///   - pause: The time from one machine's end to the next one's; zero ends all in one moment.
    ///   - clockLag: How far behind the clocks are when the machines come back, as far as systemd lets them: it starts
    ///     no earlier than its own build. Nil where they are right.
    ///   - seed: Chooses which of the unflushed writes the disks have kept, as real disks do; nil keeps none. The power then
    ///     ends at a moment at which one of the disks has some.
    init(
        of machines: [String] = ["pi1", "pi2", "pi3"], pause: Duration = .zero, clockLag: Duration? = nil,
        keepingSome seed: UInt64? = nil
    ) {
        order = machines
        self.pause = pause
        self.clockLag = clockLag
        self.seed = seed
        let details = [
            pause == .zero ? nil : "one by one", clockLag.map { _ in "clocks stale" },
            seed.map { "unflushed writes scattered by seed \($0)" },
        ].compactMap(\.self)
        kind = (["power cut"] + details).joined(separator: ", ")
    }

    var target: String { order.joined(separator: ", ") }

    /// Leaves a flushed mark on each disk, then ends the machines, an unflushed mark in each disk's cache.
    func inject(into lab: Lab) async throws {
        try await lab.everyMachine(order) { machine in
            try await machine.layOutSentinel()
            if let clockLag { try await machine.loseTime(clockLag) }
        }
        guard pause > .zero else {
            if seed != nil { try await holdWithUnflushedWrites(in: lab) }
            return try await lab.everyMachine(order) { try await $0.cutPower(keepingSome: seed) }
        }
        for (position, name) in order.enumerated() {
            if position > 0 { try await Task.sleep(for: pause) }
            try await lab.sandbox.machine(name).cutPower(keepingSome: seed)
        }
    }

    /// Somebody who overwrites a file past the kernel's cache and never flushes it.
    ///
    /// All that the lab itself writes is flushed at once: on a quick host sixty looks at its disks found nothing to scatter.
    /// Whatever it has is scattered with this.
    private static let burst = """
        dd if=/dev/zero of=/var/tmp/power-burst bs=256k count=1 conv=fsync status=none
        systemd-run --quiet --collect --unit=power-burst sh -c 'while sleep .1; do
          dd if=/dev/urandom of=/var/tmp/power-burst bs=16k count=16 conv=notrunc oflag=direct status=none
        done'
        """

    /// Begins a burst of writes on all machines, and holds them still once a disk has blocks to keep and blocks to lose.
    ///
    /// After twenty looks it is any moment, which is then told when the cut is confirmed.
    private func holdWithUnflushedWrites(in lab: Lab) async throws {
        try await lab.everyMachine(order) {
            try await $0.mustRun(["sh", "-ec", Self.burst], failing: "nobody writes on \($0.name)")
        }
        for _ in 0..<20 {
            let counts = Mutex<[Int]>([])
            try await lab.everyMachine(order) { machine in
                let count = try await machine.holdStill()
                counts.withLock { $0.append(count) }
            }
            if counts.withLock({ $0.contains { $0 > 1 } }) { return }
            try await lab.everyMachine(order) { await $0.goOn() }
            // They work a moment; the length is of no account.
            try await Task.sleep(for: .milliseconds(300))
        }
    }

    /// Sees from the laptop that no machine answers, and on each disk that what was flushed is there and what was not
    /// is gone: a cut that lost nothing would prove nothing; with a seed, that some of it is there.
    func confirm(in lab: Lab) async throws -> Confirmation {
        try await lab.noMachineAnswers(order)
        var seen: [String] = []
        var scattered = (kept: 0, of: 0)
        for name in order {
            let reading = try await lab.sandbox.machine(name).readSentinel()
            seen.append("\(name): \(reading)")
            guard reading.isOfAPowerCut else {
                throw DrillError("this was no power cut", lastSeen: "\(name): \(reading)")
            }
            if let some = reading.scattered {
                scattered = (scattered.kept + some.kept, scattered.of + some.of)
            }
        }
        guard seed == nil || (1..<max(scattered.of, 1)).contains(scattered.kept) else {
            throw DrillError("the disks kept all or nothing", lastSeen: seen.joined(separator: "; "))
        }
        return Confirmation(vantage: vantage, seen: "no machine answers; " + seen.joined(separator: "; "))
    }
}
