import Foundation
import Testing

@testable import Machines

/// Where sandboxes may live, and where not.
@Suite struct RunFoldersTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func refusal(of path: String) -> String? {
        #expect(throws: MachineError.self) { try RunFolders.open(environment: ["DRILL_RUNS": path]) }?
            .description
    }

    @Test func aFolderIsMadeForItsOwnerAlone() throws {
        let runs = try RunFolders.open(environment: ["DRILL_RUNS": scratch("runs")])
        let mode = try FileManager.default.attributesOfItem(atPath: runs.root)[.posixPermissions] as? Int
        #expect(mode == 0o700)
    }

    @Test func aLinkIsRefused() throws {
        try FileManager.default.createSymbolicLink(
            atPath: scratch("link"), withDestinationPath: "/tmp")
        #expect(refusal(of: scratch("link"))?.contains("it is a link or a file") == true)
    }

    @Test func aFolderBelowALinkIsNamedWithoutIt() throws {
        try FileManager.default.createDirectory(
            atPath: scratch("real"), withIntermediateDirectories: false)
        try FileManager.default.createSymbolicLink(
            atPath: scratch("link"), withDestinationPath: scratch("real"))
        let runs = try RunFolders.open(environment: ["DRILL_RUNS": scratch("link/runs")])
        #expect(runs.root == scratch("real/runs"))
    }

    @Test func aFolderOpenToOthersIsRefused() throws {
        try FileManager.default.createDirectory(
            atPath: scratch("open"), withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o755])
        #expect(refusal(of: scratch("open"))?.hasSuffix("next: chmod 700 \(scratch("open"))") == true)
    }

    @Test func theFolderOfOurOwnChoiceIsClosedToOthers() throws {
        try FileManager.default.createDirectory(
            atPath: scratch("own"), withIntermediateDirectories: false, attributes: [.posixPermissions: 0o755]
        )
        let path = try PrivateFolder.open("UNSET", in: [:], otherwise: scratch("own"))
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o700)
    }

    @Test(.enabled(if: geteuid() == 0)) func anotherUsersFolderIsRefused() throws {
        try FileManager.default.createDirectory(
            atPath: scratch("theirs"), withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o700])
        #expect(chown(scratch("theirs"), 12345, 12345) == 0)
        #expect(refusal(of: scratch("theirs"))?.contains("user 12345 owns it") == true)
    }

    @Test func aPathTooLongForSocketsIsRefused() throws {
        #expect(refusal(of: scratch(String(repeating: "x", count: 64)))?.contains("108 bytes") == true)
    }

    @Test func aProcessIsTakenByItsStartTimeWhateverItsName() {
        let fields = (3...52).map { $0 == 3 ? "S" : "\($0)" }.joined(separator: " ")
        #expect(ProcessIdentity.started(stat: "7 (a) Z (b) \(fields)") == 22)
        #expect(
            ProcessIdentity.started(stat: "7 (x) \(fields.replacingOccurrences(of: "S", with: "Z"))") == nil)
        #expect(ProcessIdentity.current?.isAlive == true)
    }

    @Test func idsLookAlike() {
        for _ in 0..<1000 { #expect(SandboxID.isOne(SandboxID.random())) }
        #expect(!SandboxID.isOne("slots"))
    }
}
