import Foundation

/// An Ansible inventory, refused before any play when it names prod.
public enum Inventory {
    /// Reads the inventory, a file or a folder with all below it, and throws when it holds a prod address.
    ///
    /// It looks at the text, so group and host variables, comments and every spelling count. An address that a
    /// template puts together is the guard's to find, in the play.
    ///
    /// - Throws: `BoundaryError.prodAddress` with file and line, or the error of reading it.
    public static func check(path: String, prod: ProdAddresses) throws {
        for file in try files(path) {
            let text = String(decoding: try Data(contentsOf: URL(fileURLWithPath: file)), as: UTF8.self)
            if let finding = prod.finding(in: text) {
                throw BoundaryError.prodAddress(path: file, finding: finding)
            }
        }
    }

    private static func files(_ path: String) throws -> [String] {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
            return [path]
        }
        return try FileManager.default.contentsOfDirectory(atPath: path).sorted().flatMap {
            try files(path + "/" + $0)
        }
    }
}
