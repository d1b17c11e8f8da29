extension Experiment {
    /// A disk gives other bytes of the volume than were written to it, and nobody is told.
    public static let storageCorruption = Experiment(
        name: "StorageCorruption",
        breaks:
            "copies of the volume's files are damaged or gone on one machine's disk, or on two, behind GlusterFS's back",
        fails:
            "the replicas are not all the same again by digest, a damaged copy won over a good one, "
            + "an acknowledged write is gone, or a step fails",
        cases: [
            ExperimentCase(
                name: "bytes flipped in a signed file", leader: "pi1",
                fault: CopyDamaged(.flippedSigned, on: "pi1")),
            ExperimentCase(
                name: "bytes flipped in a file too fresh to be signed", leader: "pi1",
                fault: CopyDamaged(.flippedFresh, on: "pi2")),
            ExperimentCase(name: "file truncated", leader: "pi1", fault: CopyDamaged(.truncated, on: "pi3")),
            ExperimentCase(
                name: "folder lost", leader: "pi1", fault: ReplicaFolderLost(on: "pi2"),
                history: ExperimentCase.shortHistory,
                healsItself:
                    "clients' writes find no folder there, and the volume looks twice a minute at what they left"
            ),
            ExperimentCase(
                name: "same file damaged on two of three", leader: "pi1",
                fault: CopyDamaged(.flippedSigned, on: "pi1", "pi3")),
        ])
}
