extension Experiment {
    /// One machine of three is gone in the middle of its clients' writes, and comes back: its power ended, its cable was
    /// pulled, or it hung.
    public static let nodeKill = Experiment(
        name: "NodeKill",
        breaks:
            "one machine is gone while clients write: its power ends, and what its disk was not told to keep; its "
            + "cable is pulled; or it hangs; once it comes back with a clock long past",
        fails:
            "the two others do not work on meanwhile, the machine or its Vault stays away, an acknowledged write is "
            + "gone, or a step fails",
        cases: ["pi1", "pi2", "pi3"].flatMap { machine in
            [
                ExperimentCase(
                    name: "\(machine), Vault's leader", leader: machine, fault: NodeKill(machine),
                    history: ExperimentCase.shortHistory),
                ExperimentCase(
                    name: "\(machine), not leading", leader: machine == "pi1" ? "pi3" : "pi1",
                    fault: NodeKill(machine), history: ExperimentCase.shortHistory),
            ]
        } + [
            ExperimentCase(
                name: "pi1, declared dead before it comes back", leader: "pi1",
                fault: NodeDeclaredDead("pi1"), history: ExperimentCase.shortHistory),
            ExperimentCase(
                name: "pi1, cut off while it runs", leader: "pi1", fault: CutOff("pi1"),
                history: ExperimentCase.shortHistory),
            ExperimentCase(
                name: "pi1, hangs with its light on", leader: "pi1", fault: NodeHang("pi1"),
                history: ExperimentCase.shortHistory),
            ExperimentCase(
                name: "pi3, comes back with a clock long past", leader: "pi1",
                fault: NodeKill("pi3", clockLag: ExperimentCase.clockLag),
                history: ExperimentCase.shortHistory),
        ])
}
