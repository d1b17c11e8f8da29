import Foundation
import Ledger

/// A Git server over HTTPS: one commit with one file for each write, pushed by the git program.
final class GitDoor: Door {
    let namePrefix = ""
    private let url: String
    private let desk: GitDesk
    private var hasClone = false
    /// Whether the clone is there and stands where the remote stood when it last answered.
    private var isReady = false

    init(url: String, login: LedgerCredentials.Login, authority: String) throws {
        self.url = url
        desk = try GitDesk(url: url, login: login, authority: authority)
    }

    /// Pushes; getting the clone there first, at the start and after a failure, may take the same time again, and thrice as
    /// long where there is none: one that is cut off begins from nothing, and a slow server would never be pushed to.
    func write(_ number: Int, _ content: String, patience: Int) -> Answer {
        guard isReady || prepare(by: Deadline(milliseconds: hasClone ? patience : 3 * patience)) else {
            return .refused("no clone: \(desk.complaint)")
        }
        let deadline = Deadline(milliseconds: patience)
        // Whatever fails from here on leaves commits that are not the remote's.
        isReady = false
        do {
            try FileManager.default.createDirectory(
                atPath: desk.clone + "/ledger", withIntermediateDirectories: true)
            try Data(content.utf8).write(to: URL(filePath: "\(desk.clone)/ledger/\(number)"))
        } catch { return .refused("the clone cannot be written: \(error)") }
        guard desk.git(["add", "ledger/\(number)"], by: deadline),
            desk.git(["commit", "--quiet", "--message", "write \(number)"], by: deadline)
        else { return .refused("nothing was pushed: \(desk.complaint)") }
        // Only onto what it last saw there: a remote that was put back in time would be given what it has lost.
        let lease = "--force-with-lease=refs/heads/main:HEAD^"
        if desk.git(["push", "--quiet", lease, "origin", "HEAD:refs/heads/main"], by: deadline) {
            isReady = true
            return .acknowledged
        }
        return Self.isFinal(desk.last) ? .refused(desk.complaint) : .unknown(desk.complaint)
    }

    /// Whether a push that failed certainly did nothing.
    ///
    /// Git found on the branches that it was shown that it need not ask (`[rejected]`), or could not even be
    /// shown them, which it does before it sends anything (`unable to access`, remote-curl.c, discover_refs).
    /// All else leaves it open, `[remote rejected]` too: libcurl sends a request again when a used connection
    /// dies without an answer, and then it is the second one that the server rejects, because of the first.
    static func isFinal(_ ending: GitProcess.Ending?) -> Bool {
        guard let ending, ending.exit != nil, !ending.output.contains("RPC failed"),
            !ending.output.contains("hung up")
        else { return false }
        let words = ["! [rejected]", "fatal: unable to access", "Authentication failed for"]
        return words.contains(where: ending.output.contains)
    }

    /// Brings the clone to where the remote is, from nothing if need be.
    private func prepare(by deadline: Deadline) -> Bool {
        if hasClone {
            isReady =
                desk.git(["fetch", "--quiet", "origin", "main"], by: deadline)
                && desk.git(["reset", "--quiet", "--hard", "FETCH_HEAD"], by: deadline)
                && desk.git(["clean", "--quiet", "-d", "--force"], by: deadline)
            if isReady { return true }
            // Killed in the middle it leaves locks, and may leave worse: the next write begins anew.
            if desk.last?.exit == nil || desk.complaint.contains(".lock") { hasClone = false }
            return false
        }
        desk.discardClone()
        isReady = desk.cloneAnew(by: deadline)
        hasClone = isReady
        return isReady
    }

    /// The files of a fresh clone, so that nothing is read from the writer's own.
    func readAll(by deadline: Deadline) throws -> [Found] {
        desk.discardClone()
        guard desk.cloneAnew(by: deadline) else { throw DoorError("no clone of \(url): \(desk.complaint)") }
        let folder = desk.clone + "/ledger"
        guard FileManager.default.fileExists(atPath: folder) else { return [] }
        return try FileManager.default.contentsOfDirectory(atPath: folder).sorted().map { name in
            let data = try Data(contentsOf: URL(filePath: "\(folder)/\(name)"))
            return Found(name: name, content: String(decoding: data, as: UTF8.self))
        }
    }
}
