import Boundary
import Foundation
import Testing

/// What a sandbox can write to is used without following a link of its.
@Suite("A path that a sandbox can write to") struct SharedPathTests {
    /// Holds `shared`, which those inside can write to, and `host`, which is none of their business.
    private let folder = NSTemporaryDirectory() + "shared-\(UInt32.random(in: .min ... .max))"
    private var shared: String { folder + "/shared" }
    private var secret: String { folder + "/host/secret" }

    private func inFolder(_ body: () throws -> Void) throws {
        for part in ["shared", "host"] {
            try FileManager.default.createDirectory(
                atPath: "\(folder)/\(part)", withIntermediateDirectories: true)
        }
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try Data("the operator's".utf8).write(to: URL(filePath: secret))
        try body()
        #expect(try Data(contentsOf: URL(filePath: secret)) == Data("the operator's".utf8))
        #expect(try FileManager.default.contentsOfDirectory(atPath: "\(folder)/host") == ["secret"])
    }

    private func link(_ name: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(
            atPath: "\(shared)/\(name)", withDestinationPath: target)
    }

    private func refused(at place: String, _ use: () throws -> Void) {
        let error = #expect(throws: BoundaryError.self, performing: use)
        guard case .link(let path)? = error else {
            Issue.record("it is no link's error: \(String(describing: error))")
            return
        }
        #expect(path == place)
    }

    @Test func readsAndWritesWhatIsThere() throws {
        try inFolder {
            let file = SharedPath("\(shared)/pi1/known_hosts")
            try SharedPath("\(shared)/pi1").makeFolder()
            try SharedPath("\(shared)/pi1").makeFolder()
            #expect(try !file.exists())
            try file.replace(with: Array("pi1".utf8))
            #expect(try file.text() == "pi1")
            let mode = try FileManager.default.attributesOfItem(atPath: file.description)
            #expect(mode[.posixPermissions] as? Int == 0o600)
            try file.move(to: SharedPath("\(shared)/moved"))
            #expect(try SharedPath("\(shared)/moved").text() == "pi1")
            try SharedPath("\(shared)/moved").remove()
            try SharedPath("\(shared)/moved").remove()
            #expect(try FileManager.default.contentsOfDirectory(atPath: shared) == ["pi1"])
        }
    }

    @Test func followsNoLinkToAFile() throws {
        try inFolder {
            try link("plan", to: secret)
            let plan = SharedPath("\(shared)/plan")
            #expect(try plan.exists())
            for access in [SharedPath.Access.readOnly, .writeOnly, .readWrite] {
                refused(at: "\(shared)/plan") { _ = try plan.handle(access) }
            }
            try plan.replace(with: Array("mine".utf8))
            #expect(try plan.text() == "mine")
            try link("old", to: secret)
            try SharedPath("\(shared)/old").remove()
            #expect(try !SharedPath("\(shared)/old").exists())
        }
    }

    @Test func followsNoLinkToAFolder() throws {
        try inFolder {
            try link("pi1", to: "\(folder)/host")
            let place = "\(shared)/pi1"
            refused(at: place) { _ = try SharedPath("\(place)/secret").data() }
            refused(at: place) { try SharedPath("\(place)/new").replace(with: Array("x".utf8)) }
            refused(at: place) { try SharedPath("\(place)/new").makeFolder() }
            refused(at: place) { try SharedPath("\(place)/secret").remove() }
            refused(at: place) { try SharedPath("\(place)/secret").move(to: SharedPath("\(shared)/got")) }
            refused(at: place) { try SharedPath(place).makeFolder() }
            try SharedPath("\(shared)/mine").replace(with: Array("x".utf8))
            refused(at: place) { try SharedPath("\(shared)/mine").move(to: SharedPath("\(place)/new")) }
        }
    }

    @Test func takesAbsolutePathsAlone() throws {
        for path in ["", "/", "secret", "shared/plan"] {
            let error = #expect(throws: BoundaryError.self) { try SharedPath(path).data() }
            #expect(error?.description.hasSuffix("it is no absolute path") == true)
        }
    }

    @Test func readsNothingByHalves() throws {
        try inFolder {
            let log = SharedPath("\(shared)/log")
            try log.replace(with: Data(count: 16 << 20))
            #expect(try log.data().count == 16 << 20)
            try log.replace(with: Data(count: 16 << 20 + 1))
            let error = #expect(throws: BoundaryError.self) { try log.data() }
            #expect(error?.description.contains("it has more than 16777216 bytes") == true)
        }
    }

    @Test func namesWhatIsInTheWay() throws {
        try inFolder {
            try SharedPath("\(shared)/known_hosts").makeFolder()
            let error = #expect(throws: BoundaryError.self) {
                try SharedPath("\(shared)/known_hosts").replace(with: Array("x".utf8))
            }
            #expect(error?.description.contains("\(shared)/known_hosts, where") == true, "\(error as Any)")
            #expect(try FileManager.default.contentsOfDirectory(atPath: shared) == ["known_hosts"])
        }
    }

    @Test(.timeLimit(.minutes(1))) func waitsForNoPipe() throws {
        try inFolder {
            #expect(mkfifo("\(shared)/serial.log", 0o600) == 0)
            let error = #expect(throws: BoundaryError.self) {
                _ = try SharedPath("\(shared)/serial.log").data()
            }
            #expect(error?.description.hasSuffix("it is no file") == true)
        }
    }

    @Test func holdsASocketAndNothingElse() throws {
        try inFolder {
            let path = "\(shared)/qmp.sock"
            #expect(throws: BoundaryError.self) { try SharedPath(path).hold() }
            let server = try UnixListener(path)
            defer { server.close() }
            let held = try SharedPath(path).hold()
            #expect(try server.isReached(by: held.path))
            try SharedPath(path).remove()
            try link("qmp.sock", to: secret)
            refused(at: path) { _ = try SharedPath(path).hold() }
            #expect(try server.isReached(by: held.path), "it was held before")
            try SharedPath(path).replace(with: Array("x".utf8))
            let error = #expect(throws: BoundaryError.self) { try SharedPath(path).hold() }
            #expect(error?.description.hasSuffix("it is no socket") == true)
        }
    }
}
