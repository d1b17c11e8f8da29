import Foundation
import Testing

@testable import DrillKit

/// A program that is older than its sources does not bear their commit.
@Suite struct BuildAgeTests {
    private func checkout(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "age-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        for path in ["Package.swift", "Sources/A/a.swift", "Drills/D.swift", "README.md"] {
            let file = "\(folder)/\(path)"
            try FileManager.default.createDirectory(
                atPath: (file as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
            try Data().write(to: URL(filePath: file))
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSince1970: 1000)], ofItemAtPath: file)
        }
        try body(folder)
    }

    @Test(arguments: ["Package.swift", "Sources/A/a.swift", "Drills/D.swift"])
    func tellsASourceThatIsNewer(_ path: String) throws {
        try checkout { folder in
            let age = BuildAge(linked: Date(timeIntervalSince1970: 1500))
            #expect(age.newerSource(in: folder) == nil)
            for (name, newer) in [("README.md", nil), (path, "\(folder)/\(path)")] as [(String, String?)] {
                try FileManager.default.setAttributes(
                    [.modificationDate: Date(timeIntervalSince1970: 2000)],
                    ofItemAtPath: "\(folder)/\(name)")
                #expect(age.newerSource(in: folder) == newer)
            }
        }
    }

    @Test func doesNotBelieveAProgramWithoutAnAge() throws {
        try checkout { #expect(BuildAge(linked: nil).newerSource(in: $0) != nil) }
    }
}
