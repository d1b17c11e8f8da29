import Runbooks

/// Which change classes a change touches: `.gate/rules.yml`.
public struct Rules: Sendable, Decodable {
    /// One rule; every rule that matches a file counts.
    struct Rule: Sendable, Decodable {
        enum CodingKeys: String, CodingKey, CaseIterable {
            case classes, harmless, decided, paths, content, why
        }

        /// The classes of a file that matches; none for a harmless one.
        let classes: [ChangeClass]
        /// Whether a change of such a file is for a person to decide, whatever the drills show.
        let needsDecision: Bool
        /// The paths, as patterns.
        let paths: [String]
        /// What one of the changed lines must hold, a regular expression; nil where the path is enough.
        let content: String?
        /// Why, in a few words.
        let why: String

        init(from decoder: any Decoder) throws {
            try StrictKeys.check(decoder, CodingKeys.self)
            let fields = try decoder.container(keyedBy: CodingKeys.self)
            let harmless = try fields.decodeIfPresent(Bool.self, forKey: .harmless) ?? false
            classes = try fields.decodeIfPresent([ChangeClass].self, forKey: .classes) ?? []
            needsDecision = try fields.decodeIfPresent(Bool.self, forKey: .decided) ?? false
            paths = try fields.decode([String].self, forKey: .paths)
            content = try fields.decodeIfPresent(String.self, forKey: .content)
            why = try fields.decode(String.self, forKey: .why)
            if harmless == !classes.isEmpty || (harmless && (needsDecision || content != nil))
                || paths.isEmpty
            {
                throw DecodingError.dataCorruptedError(
                    forKey: .classes, in: fields,
                    debugDescription: "a rule has paths, and either classes or 'harmless: true' alone")
            }
            if let content, expression == nil {
                throw DecodingError.dataCorruptedError(
                    forKey: .content, in: fields, debugDescription: "'\(content)' is no regular expression")
            }
        }

        /// What ``content`` says, compiled; nil where there is none.
        ///
        /// `\b` is the ASCII word boundary: Unicode's does not end a word at the dot in `a.b`.
        var expression: Regex<AnyRegexOutput>? {
            guard let content, let expression = try? Regex(content) else { return nil }
            return expression.wordBoundaryKind(.simple)
        }

        func isAbout(_ path: String) -> Bool { paths.contains { Glob.matches($0, path) } }
    }

    private enum CodingKeys: String, CodingKey, CaseIterable { case rules }

    let rules: [Rule]

    /// Reads the rules.
    public init(from decoder: any Decoder) throws {
        try StrictKeys.check(decoder, CodingKeys.self)
        rules = try decoder.container(keyedBy: CodingKeys.self).decode([Rule].self, forKey: .rules)
    }
}
