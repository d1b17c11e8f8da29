extension Experiment {
    /// The everyday killers: a disk that is full, read-only, slow or stuck, under a machine that runs on.
    public static let diskTrouble = Experiment(
        name: "DiskTrouble",
        breaks: "the disk of one machine is full, read-only, slow or stuck, while the machine itself runs on",
        fails:
            "the disk does not take writes again, the lab is not whole, an acknowledged write is gone, or a step fails",
        stepDeadline: .seconds(400),
        cases: [
            ExperimentCase(name: "disk full", leader: "pi1", fault: DiskFull(on: "pi2")),
            ExperimentCase(name: "root read-only", leader: "pi1", fault: RootReadOnly(.error, on: "pi1")),
            ExperimentCase(
                name: "root remounted read-only", leader: "pi1", fault: RootReadOnly(.remount, on: "pi1")),
            ExperimentCase(name: "slow disk", leader: "pi1", fault: DiskStall(.slow, on: "pi2")),
            ExperimentCase(name: "stuck disk", leader: "pi1", fault: DiskStall(.stuck, on: "pi3")),
        ])
}
