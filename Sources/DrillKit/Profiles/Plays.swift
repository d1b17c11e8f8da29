import Boundary
import Foundation
import Machines

/// The profile's plays, run by Ansible from the operator's side of the segment, as in prod.
struct Plays {
    let sandbox: Sandbox

    /// Runs `site.yml` over `inventory/sandbox/hosts.yml` and tells of each task as it begins.
    ///
    /// - Throws: ``DrillError`` with the failing task's own words.
    func run(progress: BringUp) async throws {
        let profile = sandbox.plan.folder
        try Inventory.check(
            path: "\(profile)/inventory/sandbox/hosts.yml", prod: ProdAddresses(profile: profile))
        let log = sandbox.log("ansible")
        let process = try await sandbox.namespace.start(
            [
                "ansible-playbook", "--inventory", "/profile/inventory/sandbox/hosts.yml",
                "/profile/plays/site.yml",
            ],
            environment: [
                "ANSIBLE_CONFIG": "/profile/ansible.cfg", "ANSIBLE_LOCAL_TEMP": "/tmp/ansible",
                "ANSIBLE_HOME": "/tmp/ansible",
            ].merging(Lab.authority) { $1 }, log: log)
        let told = TaskLines()
        let status = try await eventually("the plays are done", within: .seconds(1200), every: .seconds(1)) {
            for task in told.new(in: log) { progress.note("  \(task)") }
            return process.exit
        }
        guard status == 0 else {
            let said = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
            let failure = said.split(separator: "\n").last { $0.hasPrefix("fatal:") || $0.contains("ERROR") }
            throw DrillError(
                "the plays failed with status \(status)", lastSeen: failure.map { String($0.prefix(600)) },
                next: "the end of its log was: \(said.suffix(1500))")
        }
    }
}

/// The tasks that a growing log has not told of yet.
private final class TaskLines: @unchecked Sendable {
    private var told = 0

    func new(in log: String) -> [String] {
        guard let text = try? String(contentsOfFile: log, encoding: .utf8) else { return [] }
        let tasks = text.split(separator: "\n").filter { $0.hasPrefix("TASK [") || $0.hasPrefix("PLAY [") }
            .map { String($0.prefix { $0 != "*" }) }
        defer { told = tasks.count }
        return Array(tasks.dropFirst(told))
    }
}
