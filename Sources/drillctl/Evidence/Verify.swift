import ArgumentParser
import Evidence
import Foundation

/// Checks a whole evidence folder, offline.
struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check a whole trail of evidence, offline.",
        discussion: """
            Reads the chain of the evidence folder and checks order, hashes and signatures, the digests of \
            the files beside it, and that each verdict is what its journals say when they are judged again. \
            A case that began and never ended is unproven. docs/evidence.md says what that proves.

            A head that `drillctl head` printed earlier, kept where nobody could change it, shows every later \
            change; without one it says what it cannot exclude. With keys, every entry and the head must be \
            signed by one of them.

            Exits 0 when nothing is wrong, 1 when something is, 2 when there is nothing that can be checked.

            Example:
              $ drillctl verify --head ~/safe/head.json --key ~/.config/recovery-drills/key.pub
            """)

    @Argument(help: "The evidence folder, if not that of `drillctl verdicts`.") var path: String?
    @Option(help: ArgumentHelp("The head that was kept.", valueName: "file")) var head: String?
    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("Keys that are trusted: .pub files, or 64 hexadecimal digits.", valueName: "pub"))
    var key: [String] = []
    @Flag(help: "Print one JSON object.") var json = false

    func run() throws {
        let keys = Set(try key.map { try PublicKey($0) })
        let kept = try head.map { try ChainHead(contentsOf: URL(filePath: $0)) }
        let root = path.map { URL(filePath: $0) } ?? Verdicts.store.root
        var told = ContinuousClock.now
        let trail = try EvidenceTrail(verifying: root, against: kept, trusting: keys) { done, all in
            guard told.duration(to: .now) > .seconds(2) else { return }
            told = .now
            tell("\(done) of \(all) cases are checked")
        }
        let report = TrailReport(trail)
        print(json ? try report.json() : report.text, terminator: json ? "\n" : "")
        if !report.isVerified { throw ExitStatus.no }
    }
}
