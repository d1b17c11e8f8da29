import ArgumentParser
import Evidence

/// Commands about the keys that sign evidence.
struct KeyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key", abstract: "Make a key that signs evidence.", subcommands: [New.self])

    /// Makes a key pair.
    struct New: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a key pair that signs evidence.",
            discussion: """
                Writes an Ed25519 key in PEM: the private half to PATH, its owner's alone, and the public half \
                to PATH.pub. Overwrites nothing. Drills sign with it once DRILL_KEY names it; CI needs the \
                public half alone. Prints the public key's digits.

                Example:
                  $ drillctl key new ~/.config/recovery-drills/key
                  $ export DRILL_KEY=~/.config/recovery-drills/key
                """)

        @Argument(help: "Where the private key goes.") var path: String

        func run() throws { print(try SigningKey.create(at: path)) }
    }
}
