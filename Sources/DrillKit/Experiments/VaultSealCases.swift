extension Experiment {
    /// One or all nodes of Vault stop answering: somebody sealed them, their process ended, or their machine was restarted.
    public static let vaultSeal = Experiment(
        name: "VaultSeal",
        breaks:
            "one or all nodes of Vault stop serving, because somebody sealed them, their process ended or "
            + "their machine was restarted",
        fails: "a node stays sealed, a voter is missing, an acknowledged secret is gone, or a step fails",
        cases: [
            ExperimentCase(
                name: "operator seal on the active node", leader: "pi1", fault: VaultSealCommand(on: "pi1")),
            ExperimentCase(
                name: "active node's process restarted", leader: "pi1", fault: VaultRestart(on: "pi1")),
            ExperimentCase(
                name: "all three processes killed", leader: "pi1",
                fault: VaultKill(on: ["pi1", "pi2", "pi3"])),
            ExperimentCase(name: "the app's machine rebooted", leader: "pi1", fault: NodeReboot("pi1")),
        ])
}
