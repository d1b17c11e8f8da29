import Crypto
import Foundation

/// The digest of everything that goes into a cache entry, by name.
///
/// Inputs count by name and contents, in whatever order they are added. Of a folder count the paths, contents,
/// executable bits and link targets of all files below it; other mode bits do not, since they follow the
/// umask of whoever checked the folder out, and neither does what tools leave behind (`__pycache__`).
public struct CacheKey: Sendable {
    private var inputs: [String: String] = [:]

    /// A key with no inputs yet.
    public init() {}

    /// The digest of all inputs so far: SHA-256, as 64 hexadecimal digits.
    public var digest: String {
        let lines = inputs.sorted { $0.key < $1.key }.map { "\(Self.hash(Data($0.key.utf8))) \($0.value)\n" }
        return Self.hash(Data(lines.joined().utf8))
    }

    /// Adds a text.
    public mutating func add(_ name: String, string: String) {
        inputs[name] = "string " + Self.hash(Data(string.utf8))
    }

    /// Adds the contents of a file.
    public mutating func add(_ name: String, file path: String) throws {
        inputs[name] = "file " + (try FileDigest.sha256(of: path))
    }

    /// Adds everything in a folder.
    public mutating func add(_ name: String, folder path: String) throws {
        let files = try FolderWalk.files(in: path).filter { !$0.path.contains("__pycache__/") }
        var key = CacheKey()
        for file in files {
            switch file.kind {
            case .file(let executable):
                try key.add("\(file.path)\(executable ? "*" : "")", file: "\(path)/\(file.path)")
            case .link(let target): key.add("\(file.path)@", string: target)
            case .other: break
            }
        }
        inputs[name] = "folder " + key.digest
    }

    /// Adds a file or a folder, whichever stands at the path.
    public mutating func add(_ name: String, fileOrFolder path: String) throws {
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
            try add(name, folder: path)
        } else {
            try add(name, file: path)
        }
    }

    /// The SHA-256 of a file, as 64 hexadecimal digits.
    public static func digest(ofFile path: String) throws -> String { try FileDigest.sha256(of: path) }

    private static func hash(_ data: Data) -> String { FileDigest.hex(SHA256.hash(data: data)) }
}
