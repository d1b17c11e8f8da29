import Testing

@testable import Runbooks

/// Placeholders are told from redirections, and bound to plain words only.
@Suite struct PlaceholderTests {
    private func block(_ script: String) -> Block {
        Block(file: "R.md", language: "sh", script: script, firstLine: 40, lastLine: 49)
    }

    @Test(arguments: [
        ("ssh <node>", ["node"]),
        ("<node>", ["node"]),
        ("curl https://<node>:8200/v1/<path-2>", ["node", "path-2"]),
        ("vault status -address=<addr>", ["addr"]),
        ("ssh pi@<node>.lab", ["node"]),
        ("ping <node>.lab", ["node"]),
        ("curl <addr>/v1/sys/health", ["addr"]),
        ("echo \"to <node>\" '<share>'", ["node", "share"]),
        ("echo <a><b>", ["a", "b"]),
        ("x=<a>;y=(<b>)", ["a", "b"]),
        ("curl https://<node>8200", ["node"]),
        ("echo <share> | base64 > <file>", ["share", "file"]),
        ("# for <node>", ["node"]),
        ("cat <input> output", ["input"]),
    ])
    func placeholdersAreFound(script: String, names: [String]) {
        #expect(block(script).placeholders.map(\.name) == names)
    }

    @Test(arguments: [
        "cat <input>output", "cat<input>output", "sort <file >out", "cat < input > output",
        "cat <<eof>out\nx\neof", "cat <<eof\nx\neof", "cat <<-eof >x", "cat <<<word>out", "cat <in>>out",
        "cat <in>&2", "cat <in>|out", "cat <in>$out", "cat <in>~/out", "diff <(a) <(b)", "a<b", "[[ a < b ]]",
        "grep '\\<word\\>' x", "echo \\<node>", "exec 3<>file", "</a>", "<1>", "<-a>", "<>", "<a b>", "<a",
        "0<in>out",
    ])
    func redirectionsAreNone(script: String) {
        #expect(PlaceholderScan(script).found.isEmpty)
    }

    @Test(arguments: ["ssh <NODE>", "ssh <my_node>", "ssh <Node>"])
    func aMisspeltOneIsFoundButBindsToNothing(script: String) {
        #expect(PlaceholderScan(script).found.map(\.isWellFormed) == [false])
        #expect(block(script).placeholders.isEmpty)
    }

    @Test func linesAreThoseOfTheFile() {
        let block = block("a\n<b>\n\n<c> <d>\n")
        #expect(block.placeholders.map { "\($0.name) \($0.line)" } == ["b 41", "c 43", "d 43"])
    }

    @Test func valuesAreSetInEverywhere() throws {
        let bound = try block("ssh <node> # ü <node>\ncat <in>out; https://<node>:<port>/\n")
            .bound(with: ["node": "pi@pi1.lab", "port": "8200", "unused": "$(x)"])
        #expect(bound == "ssh pi@pi1.lab # ü pi@pi1.lab\ncat <in>out; https://pi@pi1.lab:8200/\n")
    }

    @Test func everyUnboundOneIsNamedWithItsLine() {
        let error = #expect(throws: RunbookError.self) {
            try block("ssh <node>\nssh <other>\n").bound(with: [:])
        }
        #expect(error?.problems.map(\.line) == [40, 41])
        #expect(error?.problems.first?.message.contains("<node> is not bound") == true)
    }

    @Test(arguments: [
        "", "a b", "$(x)", "`x`", "a;b", "a\nb", "a'b", "*", "-rf", "ü", "a\0", "~", "a=b", "<b>",
    ])
    func aValueThatIsNoPlainWordIsRefusedAndNotShown(value: String) {
        let error = #expect(throws: RunbookError.self) {
            try block("ssh <node>").bound(with: ["node": value])
        }
        #expect(
            error?.description
                == "R.md:40: placeholder <node> is bound to a value that is not one plain word "
                + "of A-Z a-z 0-9 . _ : / @ -")
    }
}
