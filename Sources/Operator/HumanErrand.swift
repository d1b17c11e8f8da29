/// Something that a person does with his hands, as the human's table names it under `does`.
public enum HumanErrand: String, Sendable, CaseIterable {
    /// He looks at the machines, switches on each one whose light is off, and puts in each network cable that is out.
    case switchOn = "switch-on"
    /// He does all that, and switches off and on again each machine that has light and cable and whose screen stands still.
    case bringBack = "bring-back"
    /// He switches each machine off whose disk's light stays on, and on again.
    case powerCycle = "power-cycle"
    /// He puts a new machine in the place of each one whose light is off: a blank disk with the lab's image and his
    /// key, and notes the host key that its screen shows.
    case replace
    /// He takes the disk out of the off-site box and plugs it into his laptop.
    case fetchDisk = "fetch-disk"
    /// He takes that disk back into its box, and tells the box the host keys that he has noted.
    case takeDiskBack = "take-disk-back"

    /// Whether it changes a machine, rather than the off-site disk.
    public var isAtTheMachines: Bool {
        switch self {
        case .switchOn, .bringBack, .powerCycle, .replace: true
        case .fetchDisk, .takeDiskBack: false
        }
    }
}

/// What came of an errand: both go into the journal.
public struct ErrandReport: Sendable, Equatable {
    /// What he saw, such as `pi1 off; pi2 on; pi3 on`.
    public var saw: String
    /// What he did about it, such as `switched on pi1`.
    public var did: String

    /// Makes a report; see the properties.
    public init(saw: String, did: String) {
        self.saw = saw
        self.did = did
    }

    /// What he saw and did besides.
    public mutating func add(saw: String, did: String) {
        self.saw += "; " + saw
        self.did = self.did == "nothing" ? did : self.did + "; " + did
    }
}

/// Who runs the human's errands: outside of a lab there are no machines, and nobody does.
public typealias ErrandRunner = @Sendable (HumanErrand) async throws -> ErrandReport
