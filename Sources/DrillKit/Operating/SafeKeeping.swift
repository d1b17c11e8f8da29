import Boundary
import Foundation

/// How a safe lies on the disk: every secret that is in it, and whoever else could read it.
public struct SafeKeeping: Sendable {
    /// The safe's folder.
    public let folder: String

    /// The safe in a folder.
    public init(folder: String) { self.folder = folder }

    /// Everything in it that is secret, by name: what ``Safe`` hands out, and the private keys.
    ///
    /// - Throws: ``DrillError`` or `BoundaryError` when it lacks a secret or one cannot be read.
    public func secrets() throws -> [String: String] {
        var secrets = try Safe(folder: folder).secrets
        for name in try names() where name.hasSuffix(".key") || name.hasSuffix("_ed25519") {
            secrets[name.replacing("/", with: "-")] = try SharedPath("\(folder)/\(name)").text()
        }
        return secrets
    }

    /// What others could read of it, in words; empty where files have mode 0600 and folders 0700.
    ///
    /// - Throws: ``DrillError`` when the folder cannot be listed.
    public func troubles() throws -> [String] {
        // Certificates and public keys are made to be shown.
        let guarded = try names().filter { !$0.hasSuffix(".pem") && !$0.hasSuffix(".pub") }
        return ([folder] + guarded.map { "\(folder)/\($0)" }).compactMap(Self.trouble)
    }

    private func names() throws -> [String] {
        guard let names = FileManager.default.enumerator(atPath: folder) else {
            throw DrillError("the safe \(folder) cannot be listed")
        }
        return names.compactMap { $0 as? String }.sorted()
    }

    private static func trouble(_ path: String) -> String? {
        var status = stat()
        guard lstat(path, &status) == 0 else { return "\(path): cannot be looked at" }
        guard status.st_uid == geteuid() else { return "\(path): belongs to user \(status.st_uid)" }
        let mode = String(status.st_mode & 0o777, radix: 8)
        switch status.st_mode & S_IFMT {
        case S_IFDIR:
            return status.st_mode & 0o077 == 0 ? nil : "\(path): has mode \(mode); chmod 700 it"
        case S_IFREG:
            return status.st_mode & 0o177 == 0 ? nil : "\(path): has mode \(mode); chmod 600 it"
        default: return "\(path): is neither a file nor a folder"
        }
    }
}
