import Machines

/// What each machine's own disk holds of the volume, seen behind GlusterFS's back; a name with a dot before it is that of
/// a file that is being written.
struct Replicas {
    /// The digest of each file, for each machine.
    private let digests: [String: [String: String]]
    /// The files that nobody has written to for some seconds, on any machine: clients write all the while.
    let settled: Set<String>
    /// The copies that GlusterFS refuses to give anybody since it found them rotten, by machine: also where somebody has
    /// put the right bytes into them since.
    let refused: [String]

    /// Reads every replica, side by side.
    ///
    /// - Throws: what a machine said that could not read its own.
    init(of sandbox: Sandbox) async throws {
        let read = try await withThrowingTaskGroup { group in
            for machine in sandbox.machines.values {
                group.addTask {
                    let said = try await machine.run(
                        ["sh", "-c", Self.script], input: nil, deadline: .seconds(60))
                    guard said.exit == 0 else { throw NotYet("\(machine.name): \(said.stderr)") }
                    return (machine.name, said.stdout)
                }
            }
            return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        self.init(listings: read)
    }

    /// Takes what ``script`` printed on each machine.
    init(listings: [String: String]) {
        var digests: [String: [String: String]] = [:]
        var settled: Set<String> = []
        var refused: [String] = []
        for (machine, text) in listings {
            let parts = text.split(separator: "--\n", maxSplits: 2, omittingEmptySubsequences: false)
            digests[machine] = parts[0].split(separator: "\n").reduce(into: [:]) { files, line in
                let words = line.split(separator: " ", maxSplits: 1)
                guard words.count == 2 else { return }
                files[String(words[1].drop { $0 == " " })] = String(words[0])
            }
            let later = parts.dropFirst().map { $0.split(separator: "\n").map(String.init) }
            settled.formUnion(later.first ?? [])
            refused += (later.dropFirst().first ?? []).map { "\(machine) \($0)" }
        }
        self.digests = digests
        self.settled = settled
        self.refused = refused.sorted()
    }

    private static let script = """
        set -e
        test -d \(Volume.brick) || { echo --; echo --; exit 0; }
        cd \(Volume.brick)
        find . -type f ! -name '.*' -exec sha256sum {} +
        echo --
        find . -type f ! -name '.*' ! -newermt '-5 seconds'
        echo --
        command -v getfattr >/dev/null
        find . -type f -exec getfattr -n trusted.bit-rot.bad-file {} + 2>/dev/null | sed -n 's/^# file: //p'
        """

    /// The machines, in order.
    var machines: [String] { digests.keys.sorted() }

    /// The files that are not the same everywhere, in order.
    var differing: [String] {
        settled.filter { name in Set(digests.values.map { $0[name] }).count > 1 }.sorted()
    }

    /// The digest of a file on a machine; nil where it is not there.
    func digest(of name: String, on machine: String) -> String? { digests[machine]?[name] }

    /// The files that nobody writes to any more and a machine has not.
    func lacking(on machine: String) -> Set<String> { settled.filter { digests[machine]?[$0] == nil } }

    /// Whether the copies of a file on some machines are the same among themselves, and others than those on the rest, which
    /// are the same too; one that is missing is no copy.
    func isOther(_ name: String, on damaged: [String]) -> Bool {
        let theirs = Set(damaged.map { digest(of: name, on: $0) })
        let others = Set(machines.filter { !damaged.contains($0) }.map { digest(of: name, on: $0) })
        return theirs.count == 1 && others.count == 1 && theirs.isDisjoint(with: others)
            && !theirs.union(others).contains(nil)
    }

    /// How they differ, in a line with the first three files; nil where they do not.
    var complaint: String? {
        guard !differing.isEmpty else {
            return refused.isEmpty
                ? nil : "marked as rotten and given to nobody: \(refused.prefix(3).joined(separator: ", "))"
        }
        let lacks = machines.map { "\($0) lacks \(lacking(on: $0).count)" }.joined(separator: ", ")
        let names = differing.prefix(3).joined(separator: ", ")
        return "\(differing.count) of \(settled.count) files differ (\(names)); \(lacks)"
    }
}
