/// What of a statement ties it into the chain.
///
/// Most checks need no more, and to read no more takes a quarter of the time.
struct StatementOutline: Decodable, Sendable {
    private struct Predicate: Decodable {
        struct Drill: Decodable {
            var schema: String
            var link: ChainLink
            var folder: String
            var verdict: Verdict.Result
        }
        var recoveryDrill: Drill
    }

    private enum CodingKeys: String, CodingKey {
        case type = "_type"
        case predicate
        case predicateType
    }

    private let type: String
    private let predicate: Predicate
    private let predicateType: String

    /// Where the entry stands.
    var link: ChainLink { predicate.recoveryDrill.link }
    /// The case's folder, below the evidence folder.
    var folder: String { predicate.recoveryDrill.folder }
    /// The verdict.
    var verdict: Verdict.Result { predicate.recoveryDrill.verdict }

    /// Whether the statement is of the types that are read here.
    var isOfKnownType: Bool {
        type == Statement.type && predicateType == Statement.predicateType
            && predicate.recoveryDrill.schema == DrillEntry.currentSchema
    }
}
