import Runbooks
import Yams

extension HumanTable {
    /// Reads a table; throws `OperatorError` with `NAME:LINE: …` for the first thing that is wrong.
    ///
    /// - Parameters:
    ///   - yaml: A list of `item`, `minutes` and, where he does something, `does`, where he types, `answers` of `prompt`
    ///     and `type`.
    ///   - name: The file's name for messages.
    public init(yaml: String, name: String) throws(OperatorError) {
        let reader = HumanTableReader(name: name)
        self.init(name: name, entries: try reader.entries(yaml))
    }
}

private struct HumanTableReader {
    let name: String

    func entries(_ yaml: String) throws(OperatorError) -> [HumanTable.Entry] {
        guard let root = try compose(yaml) else { return [] }
        var entries: [HumanTable.Entry] = []
        for node in try list(root, "the table") {
            let entry = try entry(node)
            if let other = entries.first(where: { $0.item == entry.item }) {
                throw problem(node, "the item of line \(other.line) stands here again; each has one entry")
            }
            entries.append(entry)
        }
        return entries
    }

    private func compose(_ yaml: String) throws(OperatorError) -> Node? {
        do {
            return try Yams.compose(yaml: yaml)
        } catch let error as YamlError {
            throw OperatorError("\(name): is not YAML: \(error)")
        } catch {
            throw OperatorError("\(name): cannot be read: \(error)")
        }
    }

    private func entry(_ node: Node) throws(OperatorError) -> HumanTable.Entry {
        let fields = try fields(node, of: "an entry", ["item", "minutes", "does", "answers"])
        let item = try text(fields["item"], "item", of: node).whitespaceNormalised
        guard item.hasPrefix("[HUMAN] ") else {
            throw problem(fields["item"] ?? node, "`item` begins with [HUMAN], as it does in the runbook")
        }
        guard let minutes = fields["minutes"] else {
            throw problem(node, "`minutes` is missing: how long a person takes, it counts towards recovery")
        }
        guard let count = minutes.float, count.isFinite, count >= 0 else {
            throw problem(minutes, "`minutes` is a number of at least 0")
        }
        var prompts: [HumanTable.Prompt] = []
        if let answers = fields["answers"] {
            for answer in try list(answers, "`answers`") {
                let prompt = try prompt(answer)
                if let other = prompts.first(where: { $0.text == prompt.text }) {
                    throw problem(answer, "the prompt of line \(other.line) stands here again")
                }
                prompts.append(prompt)
            }
        }
        return HumanTable.Entry(
            item: item, minutes: count, errand: try errand(fields["does"]), prompts: prompts, line: line(node)
        )
    }

    private func errand(_ node: Node?) throws(OperatorError) -> HumanErrand? {
        guard let node else { return nil }
        guard let errand = node.string.flatMap(HumanErrand.init) else {
            let known = HumanErrand.allCases.map(\.rawValue).joined(separator: ", ")
            throw problem(node, "`does` names an errand: \(known)")
        }
        return errand
    }

    private func prompt(_ node: Node) throws(OperatorError) -> HumanTable.Prompt {
        let fields = try fields(node, of: "an answer", ["prompt", "type"])
        let prompt = try text(fields["prompt"], "prompt", of: node)
        guard let type = fields["type"] else {
            throw problem(node, "`type` is missing: the names of the secrets that are typed, as a list")
        }
        var names: [String] = []
        for name in try list(type, "`type`") { names.append(try text(name, "type", of: node)) }
        guard !names.isEmpty else { throw problem(type, "`type` is empty; it names at least one secret") }
        return HumanTable.Prompt(text: prompt, secretNames: names, line: line(node))
    }

    private func fields(
        _ node: Node, of what: String, _ known: [String]
    ) throws(OperatorError) -> [String: Node] {
        guard let mapping = node.mapping else {
            throw problem(node, "\(what) is a mapping of \(known.joined(separator: ", "))")
        }
        var fields: [String: Node] = [:]
        for (key, value) in mapping {
            guard let name = key.string, known.contains(name) else {
                throw problem(
                    key, "`\(key.string ?? "?")` is unknown; \(what) has \(known.joined(separator: ", "))")
            }
            fields[name] = value
        }
        return fields
    }

    private func list(_ node: Node, _ what: String) throws(OperatorError) -> [Node] {
        guard let sequence = node.sequence else { throw problem(node, "\(what) is a list") }
        return Array(sequence)
    }

    private func text(_ node: Node?, _ key: String, of parent: Node) throws(OperatorError) -> String {
        guard let node else { throw problem(parent, "`\(key)` is missing") }
        let words = node.string?.split(whereSeparator: \.isWhitespace) ?? []
        guard let text = node.string, !words.isEmpty else { throw problem(node, "`\(key)` is a text") }
        return text.trimming(while: \.isWhitespace)
    }

    private func line(_ node: Node) -> Int { node.mark?.line ?? 1 }

    private func problem(_ node: Node, _ message: String) -> OperatorError {
        OperatorError("\(name):\(line(node)): \(message)")
    }
}
