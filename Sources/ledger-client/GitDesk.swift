import Foundation
import Ledger

/// A temporary folder with a clone and a configuration of its own, and git in it.
final class GitDesk {
    /// The clone's folder.
    let clone: String
    /// How the last command ended; nil when it could not be run, or not in time.
    private(set) var last: GitProcess.Ending?
    private let folder: String
    private let url: String
    private let environment: [String: String]

    init(url: String, login: LedgerCredentials.Login, authority: String) throws {
        self.url = url
        folder = FileManager.default.temporaryDirectory.path + "/ledger-git-" + UUID().uuidString
        clone = folder + "/clone"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        // The header spares the question and answer of a 401 before each request. The file is nobody else's.
        let basic = Data("\(login.user):\(login.password)".utf8).base64EncodedString()
        let text = """
            [user]
            \tname = ledger
            \temail = ledger@lab.test
            [http]
            \textraHeader = Authorization: Basic \(basic)
            \tsslCAInfo = \(authority)
            \tlowSpeedLimit = 1
            \tlowSpeedTime = 20
            [gc]
            \tauto = 0
            [maintenance]
            \tauto = false
            [advice]
            \tdetachedHead = false

            """
        let configuration = folder + "/config"
        guard
            FileManager.default.createFile(
                atPath: configuration, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600])
        else { throw DoorError("\(configuration) cannot be written") }
        environment = [
            "PATH": "/usr/bin:/bin", "HOME": folder, "LC_ALL": "C", "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_GLOBAL": configuration, "GIT_TERMINAL_PROMPT": "0", "GIT_ASKPASS": "/bin/false",
            "GIT_SSL_CAINFO": authority,
        ]
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// Runs git in the clone; false when it failed, could not be run, or not in time.
    func git(_ arguments: [String], by deadline: Deadline) -> Bool { run(arguments, in: clone, by: deadline) }

    /// Clones the branch `main` without its past.
    func cloneAnew(by deadline: Deadline) -> Bool {
        run(
            ["clone", "--quiet", "--depth", "1", "--branch", "main", url, clone], in: folder, by: deadline)
    }

    /// Takes the clone away.
    func discardClone() { try? FileManager.default.removeItem(atPath: clone) }

    /// Why the last command failed.
    var complaint: String { last?.words ?? "git could not be run in the time that was left" }

    private func run(_ arguments: [String], in place: String, by deadline: Deadline) -> Bool {
        last = GitProcess(folder: place, environment: environment).run(arguments, by: deadline)
        return last?.exit == 0
    }
}
