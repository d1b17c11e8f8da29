import Testing

@testable import Report

/// Whatever a transcript holds, it stays text.
@Suite struct MarkupTests {
    @Test(arguments: [
        ("<script>alert('x')</script>", "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;"),
        ("a & \"b\"", "a &amp; &quot;b&quot;"),
        // One character to Swift, and an end of the attribute to a browser.
        ("\"\u{301} onload=", "&quot;\u{301} onload="), ("<\u{301}", "&lt;\u{301}"),
        ("\u{07}\u{1B}]0;x", "\u{2407}\u{241B}]0;x"), ("\u{0}\u{7F}", "\u{2400}\u{2421}"),
        ("one\r\ntwo\tthree\rfour", "one\ntwo\tthree\u{240D}four"),
        ("\u{202E}evil\u{9B}", "\u{FFFD}evil\u{FFFD}"), ("pi1 ✓ é", "pi1 ✓ é"),
    ])
    func escapes(_ text: String, _ expected: String) {
        #expect(Markup.escape(text) == expected)
    }

    @Test func coloursOfATerminalSayNothing() {
        #expect("\u{1B}[0;32mok\u{1B}[0m \u{1B}[2J".withoutColours == "ok \u{1B}[2J")
    }

    @Test func drawingsEscapeTheirWords() {
        let drawn = SVG("desc", [("id", "\"><script>")], words: "<b>&").text
        #expect(drawn == "<desc id=\"&quot;&gt;&lt;script&gt;\">&lt;b&gt;&amp;</desc>")
    }
}
