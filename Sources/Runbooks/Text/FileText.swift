import Foundation

/// Reads Markdown files, and says in an author's words why one cannot be read.
enum FileText {
    /// The most that is read; the Markdown library aborts the process somewhere above a gigabyte.
    static let limit = 8 << 20

    /// The text of a regular file, without a byte order mark.
    static func read(_ path: String) throws(RunbookError) -> String {
        // O_NONBLOCK: opening a pipe that nobody writes to must not hang before we can refuse it.
        let file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard file >= 0 else { throw unreadable(path, errno) }
        defer { close(file) }

        var status = stat()
        guard fstat(file, &status) == 0 else { throw unreadable(path, errno) }
        switch status.st_mode & S_IFMT {
        case S_IFREG: break
        case S_IFDIR:
            throw RunbookError(file: path, "is a directory; give the path of the Markdown file in it")
        default: throw RunbookError(file: path, "is not a regular file; give the path of a Markdown file")
        }

        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = Foundation.read(file, &chunk, chunk.count)
            if count == 0 { break }
            if count < 0 {
                if errno == EINTR { continue }
                throw unreadable(path, errno)
            }
            bytes += chunk[..<count]
            guard bytes.count <= limit else {
                throw RunbookError(file: path, "is larger than \(limit >> 20) MB; a runbook is a short text")
            }
        }
        return try decode(bytes, name: path)
    }

    /// The text of UTF-8 bytes, or the line of the first byte that is not.
    static func decode(_ bytes: [UInt8], name: String) throws(RunbookError) -> String {
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            throw RunbookError(file: name, line: 1, "is UTF-16; save it as UTF-8")
        }
        let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
        let newline = UInt8(ascii: "\n")
        for (index, line) in text.split(separator: newline, omittingEmptySubsequences: false).enumerated() {
            if String(validating: line, as: UTF8.self) == nil {
                throw RunbookError(file: name, line: index + 1, "is not UTF-8 here; save the file as UTF-8")
            }
            if line.contains(0) {
                throw RunbookError(file: name, line: index + 1, "holds a NUL byte; a runbook is plain text")
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    private static func unreadable(_ path: String, _ code: Int32) -> RunbookError {
        switch code {
        case ENOENT: RunbookError(file: path, "there is no such file; check the path")
        case EACCES: RunbookError(file: path, "may not be read by this user; mend its permissions")
        default: RunbookError(file: path, "cannot be read: \(String(cString: strerror(code)))")
        }
    }
}
