import Foundation
public struct Timings: Sendable { public func last(_ n: String) -> Duration? { nil }; public func record(_ n: String, _ d: Duration) {} }
public struct CacheEntry: Sendable { public var path: String; public var key: String }
public struct CacheKey { public init() {}; public var digest: String { "" }
 public mutating func add(_ n: String, string: String) {}
 public mutating func add(_ n: String, file: String) throws {}
 public mutating func add(_ n: String, folder: String) throws {}
 public mutating func add(_ n: String, fileOrFolder: String) throws {}
 public static func digest(ofFile: String) throws -> String { "" }
}
public struct Cache: Sendable { public var root: String; public var timings: Timings
 public static func standard() throws -> Cache { fatalError() }
 public func entry(kind: String, key: CacheKey, progress: @Sendable (String)->Void, build: (String) async throws -> Void) async throws -> CacheEntry { fatalError() } }
public struct Slot: Sendable { func release() {} }
public struct Admission { init(runs: RunFolders) {}; func acquire(memoryMB: Int, progress: (String)->Void) async throws -> Slot { fatalError() } }
