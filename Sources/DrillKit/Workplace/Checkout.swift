public import Foundation

/// The checkout that the drills run from: where `Fixtures/` and RECOVERY_MAP.md are, and its commit.
public struct Checkout: Sendable {
    /// The folder that holds `Package.swift` and `Fixtures/`.
    public let path: String

    /// Finds the checkout above `folder`; DRILL_ROOT names it where that is not so.
    ///
    /// - Throws: ``DrillError`` when there is none.
    public init(
        from folder: String = FileManager.default.currentDirectoryPath,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws {
        let named = environment["DRILL_ROOT"] ?? ""
        var place = URL(filePath: named.isEmpty ? folder : named).standardizedFileURL
        while !FileManager.default.fileExists(atPath: place.appending(path: "Fixtures").path) {
            guard named.isEmpty, place.path != "/" else {
                throw DrillError(
                    "no checkout of the drills at \(named.isEmpty ? folder : named)",
                    lastSeen: "no Fixtures folder there or above",
                    next: "run this in the checkout, or name it in DRILL_ROOT")
            }
            place.deleteLastPathComponent()
        }
        path = place.path
    }

    /// The path of RECOVERY_MAP.md.
    public var recoveryMap: String { "\(path)/RECOVERY_MAP.md" }
}
