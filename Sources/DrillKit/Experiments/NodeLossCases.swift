extension Experiment {
    /// One machine of three is gone for good, and a blank one takes its place.
    public static let nodeLoss = Experiment(
        name: "NodeLoss",
        breaks: "one machine is gone for good with its disk, while clients write; its replacement is blank",
        fails:
            "the two others do not work on meanwhile, the new machine does not join, a replica or a voter is missing, "
            + "an acknowledged write is gone beyond what the backups of pi2 concede, or a step fails",
        stepDeadline: .seconds(900),
        cases: [
            ExperimentCase(
                name: "pi1, Vault's leader", leader: "pi1", fault: NodeLoss("pi1")),
            ExperimentCase(
                name: "pi2, with the database", leader: "pi1", fault: NodeLoss("pi2"), history: .seconds(130)),
            ExperimentCase(
                name: "pi3, with the backups", leader: "pi1", fault: NodeLoss("pi3")),
        ])
}
