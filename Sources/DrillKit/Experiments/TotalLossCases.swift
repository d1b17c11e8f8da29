extension Experiment {
    /// All three machines are gone for good, and with them every backup that was kept on one of them.
    public static let totalLoss = Experiment(
        name: "TotalLoss",
        breaks:
            "all machines are gone for good with their disks, while clients write; what is left is off-site",
        fails:
            "anything is not rebuilt, an acknowledged write is gone beyond what the off-site schedule promises, or a "
            + "step fails",
        stepDeadline: .seconds(1200),
        cases: [
            // Longer than the longest promise, so that what is older than it can be missed.
            ExperimentCase(
                name: "all three machines lost with their disks", leader: "pi1", fault: TotalLoss(),
                history: .seconds(200), isKeptOffsite: true)
        ])
}
