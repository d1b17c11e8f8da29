extension Experiment {
    /// The power of all three machines ends in the middle of their clients' writes.
    public static let powerCut = Experiment(
        name: "PowerCut",
        breaks: "the power of all machines ends while clients write; what no disk was told to keep is gone",
        fails: "anything stays away, an acknowledged write is gone, or a step fails",
        stepDeadline: .seconds(360),
        cases: [
            ExperimentCase(
                name: "all at once", leader: "pi1", fault: PowerCut(), history: ExperimentCase.shortHistory),
            ExperimentCase(
                name: "one by one", leader: "pi1",
                fault: PowerCut(of: ["pi2", "pi3", "pi1"], pause: .seconds(4)),
                history: ExperimentCase.shortHistory),
            ExperimentCase(
                name: "all at once, some unflushed writes kept", leader: "pi1",
                fault: PowerCut(keepingSome: 20_261_123), history: ExperimentCase.shortHistory),
            ExperimentCase(
                name: "again in the middle of the recovery", leader: "pi1", fault: PowerCut(),
                history: ExperimentCase.shortHistory,
                relapse: Relapse(after: "Unseal each sealed node", fault: PowerCut())),
            ExperimentCase(
                name: "clocks stale at boot", leader: "pi1",
                fault: PowerCut(clockLag: ExperimentCase.clockLag), history: ExperimentCase.shortHistory),
        ])
}
