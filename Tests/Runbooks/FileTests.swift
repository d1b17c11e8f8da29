import Foundation
import Testing

@testable import Runbooks

/// A file that is no runbook is refused with its path and what to do.
@Suite struct FileTests {
    private func message(_ path: String) -> String? {
        #expect(throws: RunbookError.self) { try Runbook(contentsOf: path) }?.description
    }

    private func withFile<T>(_ bytes: [UInt8], _ body: (String) throws -> T) throws -> T {
        let path = "/tmp/runbooks-\(UUID().uuidString).md"
        try Data(bytes).write(to: URL(filePath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try body(path)
    }

    @Test func aGoodFileIsRead() throws {
        try withFile(Array("\u{FEFF}# A\n".utf8)) { path in
            let runbook = try Runbook(contentsOf: path)
            #expect(runbook.path == path)
            #expect(path.hasSuffix("/" + runbook.name))
            #expect(runbook.sections.map(\.source) == ["# A\n"])
        }
    }

    @Test func pathsThatAreNoFile() {
        #expect(message("/nowhere/R.md") == "/nowhere/R.md: there is no such file; check the path")
        #expect(message("") == ": there is no such file; check the path")
        #expect(message("/tmp") == "/tmp: is a directory; give the path of the Markdown file in it")
        #expect(
            message("/dev/null") == "/dev/null: is not a regular file; give the path of a Markdown file")
        #expect(message("/dev/null/R.md") == "/dev/null/R.md: cannot be read: Not a directory")
    }

    @Test func aPipeThatNobodyWritesToDoesNotHang() {
        let path = "/tmp/runbooks-\(UUID().uuidString).fifo"
        #expect(mkfifo(path, 0o600) == 0)
        defer { unlink(path) }
        #expect(message(path)?.contains("is not a regular file") == true)
    }

    @Test func contentsThatAreNoText() throws {
        try withFile([]) {
            #expect(message($0) == "\($0): is empty; a runbook has a heading for each disaster")
        }
        try withFile(Array(" \r\n\t\n".utf8)) { #expect(message($0)?.contains("is empty") == true) }
        try withFile(Array("# A\n\n".utf8) + [0xFF]) {
            #expect(message($0)?.hasSuffix(".md:3: is not UTF-8 here; save the file as UTF-8") == true)
        }
        try withFile(Array("# A\n\0\n".utf8)) {
            #expect(message($0)?.contains(":2: holds a NUL byte") == true)
        }
        try withFile([0xFF, 0xFE, 0x23, 0]) { #expect(message($0)?.contains(":1: is UTF-16") == true) }
        try withFile([UInt8](repeating: 0x23, count: FileText.limit + 1)) {
            #expect(message($0)?.contains("is larger than 8 MB") == true)
        }
    }
}
