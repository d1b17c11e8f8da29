/// What the journal says of the lab, the fault, the ledger and the verdict.
extension JournalEntry {
    /// What probes saw of the lab.
    public struct Observed: Codable, Sendable, Equatable {
        /// What was seen, by what was looked at, such as `pi1 vault`: `unsealed, leader`.
        public var seen: [String: String]
        /// How long it took until all of it was seen.
        public var seconds: Double

        /// Records what was seen.
        public init(seen: [String: String], seconds: Double) {
            self.seen = seen
            self.seconds = seconds
        }
    }

    /// A fault, as its injector describes it.
    public struct Injected: Codable, Sendable, Equatable {
        /// What it is, such as `vault operator seal`.
        public var fault: String
        /// What it hit, such as `pi2`.
        public var target: String
        /// How it was done, for a person.
        public var detail: String

        /// Records an injection.
        public init(fault: String, target: String, detail: String) {
            self.fault = fault
            self.target = target
            self.detail = detail
        }
    }

    /// A fault, as someone other than its injector saw it.
    public struct Confirmed: Codable, Sendable, Equatable {
        /// What it is, as in the injection's line.
        public var fault: String
        /// What it hit.
        public var target: String
        /// From where it was seen, such as `client of https://pi1:8200`.
        public var vantage: String
        /// What was seen from there.
        public var seen: String

        /// Records a confirmation.
        public init(fault: String, target: String, vantage: String, seen: String) {
            self.fault = fault
            self.target = target
            self.vantage = vantage
            self.seen = seen
        }
    }

    /// A section that was followed to its end.
    public struct Followed: Codable, Sendable, Equatable {
        /// How many of its steps were run, those before a relapse among them.
        public var steps: Int

        /// Records that it was.
        public init(steps: Int) { self.steps = steps }
    }

    /// What was left of a store's writes when they were read back.
    public struct ReadBack: Codable, Sendable, Equatable {
        /// The store, such as `vault`.
        public var store: String
        /// Writes that the store had acknowledged.
        public var acknowledged: Int
        /// Writes that the store had refused.
        public var refused: Int
        /// Writes that had got no answer.
        public var unknown: Int
        /// The numbers of the acknowledged writes that are gone.
        public var lost: [Int]

        /// Records a reading back.
        public init(store: String, acknowledged: Int, refused: Int, unknown: Int, lost: [Int]) {
            self.store = store
            self.acknowledged = acknowledged
            self.refused = refused
            self.unknown = unknown
            self.lost = lost
        }
    }

    /// Anything else worth knowing.
    public struct Note: Codable, Sendable, Equatable {
        /// One sentence.
        public var text: String
        /// Values that belong to it, by name.
        public var fields: [String: String]

        /// Records a note.
        public init(_ text: String, fields: [String: String] = [:]) {
            self.text = text
            self.fields = fields
        }
    }

    /// A verdict, in short; `verdict.json` has all of it.
    public struct Judged: Codable, Sendable, Equatable {
        /// What the case came to.
        public var result: Verdict.Result
        /// Why.
        public var reason: String

        /// Records a verdict.
        public init(result: Verdict.Result, reason: String) {
            self.result = result
            self.reason = reason
        }
    }
}
