import ArgumentParser
import Evidence
import Foundation
import Machines

/// Commands about what is kept so that it is not built twice.
struct CacheCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cache", abstract: "See, bound and check what is kept on this host.",
        subcommands: [ListEntries.self, Prune.self, Verify.self])

    /// Lists the entries.
    struct ListEntries: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "List what the cache holds and what it takes.",
            discussion: """
                Images, provisioned disks and checkpoints, last used first. It lies in \
                ~/.cache/recovery-drills, or where DRILL_CACHE says.

                Example:
                  $ drillctl cache list
                """)

        func run() throws {
            let cache = try Cache.standard()
            let items = try cache.list()
            guard !items.isEmpty else { return print("the cache is empty (\(cache.root))") }
            let rows = items.map { item in
                let age = HumanDuration.text(seconds: Date().timeIntervalSince(item.lastUsed))
                return [item.kind, item.name, item.state.rawValue, ByteSize.text(item.bytes), "\(age) ago"]
            }
            print(Table.text(["KIND", "NAME", "STATE", "SIZE", "LAST USED"], rows))
            print("\n\(ByteSize.text(items.reduce(0) { $0 + $1.bytes })) in \(cache.root)")
        }
    }

    /// Removes entries that nobody uses.
    struct Prune: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Remove from the cache what is not in use.",
            discussion: """
                What was used longest ago goes first, and what dead builds left goes in any case. What a \
                living process uses stays. What is removed is built again when it is needed, in minutes.

                Examples:
                  $ drillctl cache prune --keep 20G
                  $ drillctl cache prune --older-than 30d
                  $ drillctl cache prune --all
                """)

        @Option(help: ArgumentHelp("Keep at most so much.", valueName: "size"))
        var keep: ByteSize?
        @Option(help: ArgumentHelp("Remove what was not used for so long.", valueName: "age"))
        var olderThan: Age?
        @Flag(help: "Remove everything.") var all = false

        func validate() throws {
            guard [keep != nil, olderThan != nil, all].count(where: \.self) == 1 else {
                throw ValidationError("Say what is to go: --keep 20G, --older-than 30d or --all.")
            }
        }

        func run() throws {
            let policy: CachePrune =
                if let keep { .keeping(bytes: keep.bytes) } else if let olderThan {
                    .unused(for: olderThan.duration)
                } else { .all }
            let removed = try Cache.standard().prune(policy)
            for item in removed { print("removed \(item.kind) \(item.name), \(ByteSize.text(item.bytes))") }
            let freed = removed.reduce(0) { $0 + $1.bytes }
            print(removed.isEmpty ? "nothing to remove" : "\(ByteSize.text(freed)) freed")
        }
    }

    /// Looks whether entries are still what was built.
    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check that what the cache holds is still what was built.",
            discussion: """
                Looks at sizes and times of all files; with --deep it reads their contents and compares \
                digests. What is damaged and not in use is set aside, and the next start builds it anew. A \
                start by itself looks at sizes and times of what it uses.

                Exits 0 when all is whole, 1 when something is damaged.

                Example:
                  $ drillctl cache verify --deep
                """)

        @Flag(help: "Read all contents.") var deep = false

        func run() async throws {
            let cache = try Cache.standard()
            let items = try cache.list().filter { $0.state == .ready || $0.state == .inUse }
            var damaged = 0
            for item in items {
                guard let damage = try await cache.damage(of: item, deep: deep) else {
                    print("\(item.kind) \(item.name)  whole")
                    continue
                }
                damaged += 1
                let then =
                    try await cache.setAside(item, deep: deep)
                    ? "set aside, the next start builds it anew" : "left, since a living process uses it"
                print("\(item.kind) \(item.name)  DAMAGED: \(damage); \(then)")
            }
            guard damaged == 0 else {
                print("\(damaged) damaged; to build all anew: drillctl cache prune --all")
                throw ExitStatus.no
            }
            print("\(items.count) \(items.count == 1 ? "entry" : "entries"), all whole")
        }
    }
}
