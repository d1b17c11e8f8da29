import Foundation

extension GuestAgent {
    /// Writes a file in the guest, replacing one that is there.
    ///
    /// It never exists with a wider mode than the one given, so secrets may be written.
    ///
    /// - Parameters:
    ///   - file: Its absolute path; the folder must exist.
    ///   - mode: Its permissions, e.g. `0o600`.
    ///   - owner: A user of the guest, who gets the file with his main group; root without.
    public func write(
        file: String, contents: [UInt8], mode: Int = 0o644, owner: String? = nil,
        deadline: Duration = .seconds(30)
    ) async throws {
        let owning = owner.map { ["-o", $0] } ?? []
        try await run(
            ["install", "-m", String(mode, radix: 8)] + owning + ["/dev/stdin", file], input: contents,
            deadline: deadline
        ).check()
    }

    /// Writes a text file in the guest; see the one for bytes.
    public func write(
        file: String, contents: String, mode: Int = 0o644, owner: String? = nil,
        deadline: Duration = .seconds(30)
    ) async throws {
        try await write(
            file: file, contents: Array(contents.utf8), mode: mode, owner: owner, deadline: deadline)
    }

    /// Reads a whole file of the guest.
    public func read(file: String, deadline: Duration = .seconds(30)) async throws -> [UInt8] {
        let end = ContinuousClock.now + deadline
        let operation = "read \(file)"
        let handle = try await execute(
            "guest-file-open", ["path": .string(file), "mode": "r"], operation: operation, deadline: deadline)
        defer {
            // An open handle costs the agent a descriptor; nothing depends on when it goes.
            try? connection.send("guest-file-close", ["handle": handle], id: connection.newID())
        }
        var contents: [UInt8] = []
        while true {
            let chunk = try await execute(
                "guest-file-read", ["handle": handle, "count": .int(1 << 20)], operation: operation,
                deadline: end - .now)
            contents += Data(base64Encoded: chunk["buf-b64"].string ?? "") ?? Data()
            if chunk["eof"].bool == true || chunk["count"].int == 0 { return contents }
        }
    }
}
