extension Experiment {
    /// A database, a table, a page or the server's whole folder is gone, and nothing else may be lost with it.
    public static let databaseDrop = Experiment(
        name: "DatabaseDrop",
        breaks:
            "a database, a table, a page or the server's whole folder is gone, while clients write to all others",
        fails:
            "what was damaged is not back as it was just before, a write to anything else is gone, a loss is hidden, "
            + "or a step fails",
        stepDeadline: .seconds(600),
        cases: [
            ExperimentCase(name: "database dropped", leader: "pi1", fault: DatabaseDropped()),
            ExperimentCase(name: "table dropped by a migration", leader: "pi1", fault: TableDropped()),
            ExperimentCase(
                name: "folder deleted under the running server", leader: "pi1", fault: DataFolderDeleted(),
                history: .seconds(60),
                report: LossReport(words: "the last commit of", isBeyondTheMap: false)),
            ExperimentCase(name: "page corrupted", leader: "pi1", fault: PageCorrupted()),
            ExperimentCase(
                name: "table dropped, archive broken before", leader: "pi1",
                fault: ArchiveBroken(before: TableDropped()), history: .seconds(60),
                report: LossReport(words: "LOST", isBeyondTheMap: true)),
        ])
}
