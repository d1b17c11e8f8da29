public import Foundation

/// Looks for secrets where none may be: those that are known by value, in every encoding that a redactor knows, and
/// whatever looks like one.
public struct SecretScan: Sendable {
    private let known: Redactor

    /// A scan for secrets by name, as ``Redactor`` takes them, and for all that looks like one.
    public init(knowing secrets: [String: String]) throws {
        known = try Redactor(secrets)
    }

    /// A scan for what this redactor knows, and for all that looks like a secret.
    public init(knowing redactor: Redactor) {
        known = redactor
    }

    /// What is found in a text, in the order of its lines; the names of secrets are the redactor's.
    public func findings(in text: String, of file: String) -> [SecretFinding] {
        let lines = LineCounter(text)
        let values = known.occurrences(in: text).map {
            SecretFinding(file: file, line: lines.line(utf8: $0.offset), what: "the secret `\($0.name)`")
        }
        let looks = SecretLook.all.flatMap { look in
            look.places(in: text).map {
                SecretFinding(file: file, line: lines.line(utf16: $0), what: "what looks like \(look.what)")
            }
        }
        var seen: Set<SecretFinding> = []
        return (values + looks).filter { seen.insert($0).inserted }.sorted { $0.line < $1.line }
    }

    /// What is found in a file or in all files below a folder, their names included; links are not followed.
    ///
    /// An archive is a finding by itself, since nobody looks into it.
    ///
    /// - Returns: The number of files that were read, and the findings.
    /// - Throws: ``EvidenceError`` when one of them cannot be read.
    public func findings(at path: URL) throws -> (files: Int, findings: [SecretFinding]) {
        try Self.files(path).reduce(into: (0, [])) { found, file in
            guard let data = try? Data(contentsOf: file) else {
                throw EvidenceError(
                    .unreadable, "cannot read \(file.path): nobody can say what stands in it")
            }
            found.0 += 1
            found.1 += findings(in: file.lastPathComponent, of: file.path).map {
                SecretFinding(file: file.path, line: 0, what: $0.what)
            }
            if Self.archives.contains(where: data.starts) {
                found.1.append(SecretFinding(file: file.path, line: 0, what: "an archive, not looked into"))
            }
            found.1 += findings(in: String(decoding: data, as: UTF8.self), of: file.path)
        }
    }

    /// How gzip, zip, zstd, xz and bzip2 begin.
    private static let archives: [[UInt8]] = [
        [0x1F, 0x8B], [0x50, 0x4B, 0x03, 0x04], [0x28, 0xB5, 0x2F, 0xFD], [0xFD, 0x37, 0x7A, 0x58],
        [0x42, 0x5A, 0x68],
    ]

    private static func files(_ path: URL) throws -> [URL] {
        switch try Files.type(of: path.path) {
        case .typeRegular?: [path]
        case .typeDirectory?: try Files.regularFiles(below: path.path).map { URL(filePath: $0) }
        default: []
        }
    }
}

/// The lines of a text by the places of its line ends.
private struct LineCounter {
    private var ends8: [Int] = []
    private var ends16: [Int] = []

    init(_ text: String) {
        for (place, unit) in text.utf8.enumerated() where unit == 0x0A { ends8.append(place) }
        for (place, unit) in text.utf16.enumerated() where unit == 0x0A { ends16.append(place) }
    }

    func line(utf8 place: Int) -> Int { Self.line(place, ends8) }
    func line(utf16 place: Int) -> Int { Self.line(place, ends16) }

    private static func line(_ place: Int, _ ends: [Int]) -> Int {
        1 + (ends.firstIndex { $0 >= place } ?? ends.count)
    }
}
