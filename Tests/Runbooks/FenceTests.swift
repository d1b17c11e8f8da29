import Testing

@testable import Runbooks

/// A missing closing fence is found although the Markdown library accepts it.
@Suite struct FenceTests {
    private func problems(_ body: String) throws -> [String] {
        try Runbook(text: body, name: "R.md").sections[0].problems.map {
            "\($0.line ?? 0) " + ($0.message.contains("another opens") ? "another" : "never")
        }
    }

    @Test(arguments: [
        "# A\n```sh\na\n",
        "# A\n```sh\na",
        "# A\n```sh\na\n\n\n",
        "# A\n```sh\na\n~~~\n",
        "# A\n````sh\na\n```\n",
        "# A\n```sh\na\n    ```\n",
        "# A\n```sh\na\n``` x\n",
        "# A\n> ```sh\n> a\n\n```\nb\n```\n",
        "# A\n- x\n  ```sh\n  a\n\ntext\n",
        "# A\n```sh\r\na\r\n",
        "# A\n```yaml\na: b\n",
        "# A\n```sh\n",
        "# A\n```sh",
    ])
    func anOpenFenceIsFound(text: String) throws {
        #expect(
            try problems(text).first?.hasPrefix("2 ") == true || problems(text).first?.hasPrefix("3 ") == true
        )
    }

    /// The fence at the margin ends the list item and with it the block, and opens a block of its own.
    @Test func aClosingFenceOutsideTheItemClosesNothing() throws {
        #expect(try problems("# A\n- x\n  ```sh\n  a\n```\n\nmore\n") == ["3 never", "5 never"])
    }

    @Test func aForgottenFenceBeforeTheNextBlockIsFound() throws {
        let text = "# A\n```sh\na\n\n## B\n\n```sh\nb\n```\n\n~~~\nc\n~~~\n"
        #expect(try problems(text) == ["2 another"])
        let runbook = try Runbook(text: text, name: "R.md")
        #expect(runbook.sections.map(\.title) == ["A"])
        #expect(
            runbook.sections[0].problems[0].description
                == "R.md:2: the block opened by ```sh is not closed before another opens at line 7; "
                + "close it with ```, or fence it with more marks")
    }

    @Test(arguments: [
        "# A\n```sh\na\n```\n",
        "# A\n```sh\na\n```",
        "# A\n```sh\na\n`````  \t\n",
        "# A\n   ```sh\n   a\n ```\n",
        "# A\n~~~sh\n```\na\n~~~\n",
        "# A\n````sh\n```sh\na\n```\n````\n",
        "# A\n> ```sh\n> a\n> ```\n",
        "# A\n> > - x\n> >   ~~~sh\n> >   a\n> >   ~~~\n",
        "# A\n- x\n  - y\n    ```sh\n    a\n    ```\n",
        "# A\n1.  x\n\n    ```sh\n    a\n\n    b\n    ```\n",
        "# A\n- x\n\t```sh\n\ta\n\t```\n",
        "# A\n```sh\r\na\r\n```\r\n",
        "# A\r```sh\ra\r```\r",
        "# A\n```sh\n```\n",
        "# A\n```sh\n\n\n```\n",
        "# A\n- ```sh\n  a\n  ```\n",
        "# A\n```sh\necho ```\n```\n",
    ])
    func aClosedFenceIsNoProblem(text: String) throws {
        #expect(try problems(text) == [])
    }
}
