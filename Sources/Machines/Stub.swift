import Foundation
import Crypto
public struct Timings: Sendable { public func last(_ n: String) -> Duration? { nil }; public func record(_ n: String, _ d: Duration) {} }
public struct CacheEntry: Sendable { public var path: String; public var key: String }
public struct CacheKey { public init() {}
 var parts: [String] = []
 public var digest: String { SHA256.hash(data: Data(parts.sorted().joined(separator: "|").utf8)).map { String(format: "%02x", $0) }.joined() }
 public mutating func add(_ n: String, string: String) { parts.append(n + "=" + string) }
 public mutating func add(_ n: String, file: String) throws { parts.append(n + "=" + (try Self.digest(ofFile: file))) }
 public mutating func add(_ n: String, folder: String) throws { for f in try FileManager.default.subpathsOfDirectory(atPath: folder).sorted() { var d: ObjCBool = false; if FileManager.default.fileExists(atPath: folder + "/" + f, isDirectory: &d), !d.boolValue { try add(n + "/" + f, file: folder + "/" + f) } } }
 public mutating func add(_ n: String, fileOrFolder p: String) throws { var d: ObjCBool = false; _ = FileManager.default.fileExists(atPath: p, isDirectory: &d); if d.boolValue { try add(n, folder: p) } else { try add(n, file: p) } }
 public static func digest(ofFile f: String) throws -> String { SHA256.hash(data: try Data(contentsOf: URL(filePath: f), options: .mappedIfSafe)).map { String(format: "%02x", $0) }.joined() }
}
public struct Cache: Sendable { public var root: String; public var timings: Timings
 public static func standard() throws -> Cache { Cache(root: "/root/.cache/recovery-drills", timings: Timings()) }
 public func entry(kind: String, key: CacheKey, progress: @Sendable (String)->Void, build: (String) async throws -> Void) async throws -> CacheEntry {
  let k = String(key.digest.prefix(16)); let p = "\(root)/\(kind)/\(k)"
  if FileManager.default.fileExists(atPath: p) { return CacheEntry(path: p, key: k) }
  let s = p + ".staging"; try? FileManager.default.removeItem(atPath: s); try FileManager.default.createDirectory(atPath: s, withIntermediateDirectories: true)
  try await build(s); try FileManager.default.moveItem(atPath: s, toPath: p); return CacheEntry(path: p, key: k) } }
