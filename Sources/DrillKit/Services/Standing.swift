/// What the lab has beside the clients' writes, which nobody changes: the databases' rows, definitions and settings of the
/// archive, the volume's files, what starts at each machine's boot, and room on its disk.
///
/// The ledger does not know of it, and yet a recovery that did without some of it would not have brought the lab back.
struct Standing: Sendable, Equatable {
    /// What the databases hold, and how their log is kept.
    var data: StandingData
    /// The digests of the volume's files, as each machine reads them.
    var files: Set<String>
    /// What starts when a machine does, of each: `pi1: multi-user.target.wants/openbao.service`.
    var enabled: Set<String>
    /// Mebibytes that are free on each machine's disk.
    var free: [String: Int]

    /// Reads it off a healthy lab.
    ///
    /// - Throws: `NotYet` and ``DrillError`` with what kept it from being read.
    init(of lab: Lab) async throws {
        async let data = StandingData(of: lab.database)
        async let files = lab.volume.standingFiles()
        async let enabled = lab.enabledUnits()
        async let free = Disks(in: lab.sandbox).free()
        (self.data, self.files, self.enabled, self.free) = try await (data, files, enabled, free)
        guard !self.files.isEmpty else { throw NotYet("the volume has no file that nobody writes to") }
    }

    /// For histories made by hand.
    init(data: StandingData, files: Set<String>, enabled: Set<String>, free: [String: Int]) {
        (self.data, self.files, self.enabled, self.free) = (data, files, enabled, free)
    }

    /// What is not as it was, in a line; nil when all is.
    ///
    /// Disks fill as time goes by: one that has less than half of what it had is about to be full again.
    func change(from before: Standing) -> String? {
        let changed =
            data.changes(from: before.data)
            + before.files.subtracting(files).sorted().map { "on the volume, \($0)" }
            + before.enabled.subtracting(enabled).sorted().map { "at boot, \($0)" }
            + before.free.sorted { $0.key < $1.key }.compactMap { machine, had in
                let has = free[machine] ?? 0
                return has * 2 < had ? "free on \(machine), \(has) MiB of \(had) MiB" : nil
            }
        return changed.isEmpty ? nil : "not as before the fault: \(changed.joined(separator: "; "))"
    }
}
