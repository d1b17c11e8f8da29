import ArgumentParser
import Evidence
import Foundation

/// Prints how far a trail has come, to be kept elsewhere.
struct HeadCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "head", abstract: "Print how far the trail of evidence has come, to keep it elsewhere.",
        discussion: """
            Prints one line of JSON: the trail's name, the count of its entries, the hash of the last one, and \
            a signature where DRILL_KEY names a key. Kept where whoever could change the evidence cannot \
            reach, it lets `drillctl verify --head` find every later change.

            Exits 2 when there is no trail, or one whose order, hashes or signatures do not hold.

            Example:
              $ drillctl head >~/safe/head.json
            """)

    @Argument(help: "The evidence folder, if not that of `drillctl verdicts`.") var path: String?

    func run() throws {
        let root = path.map { URL(filePath: $0) } ?? Verdicts.store.root
        print(try ChainHead(of: root, signedBy: SigningKey.named()).json())
    }
}
