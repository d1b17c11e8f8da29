import Boundary
import Machines

/// The machines' disks: whether they take what is written to them.
struct Disks {
    private let sandbox: Sandbox

    init(in sandbox: Sandbox) { self.sandbox = sandbox }

    /// Waits until each machine's disk takes a mebibyte in ten seconds; what was seen, in a line.
    ///
    /// As nobody special: a disk keeps its last blocks for root, and is full for everybody else before that.
    func takeWrites(within deadline: Duration) async throws -> String {
        try await withThrowingTaskGroup { group in
            for machine in sandbox.machines.values {
                group.addTask { try await Self.takesWrites(machine, within: deadline) }
            }
            try await group.waitForAll()
        }
        return "each takes what is written"
    }

    private static func takesWrites(_ machine: any Machine, within deadline: Duration) async throws {
        let write = """
            timeout 10 dd if=/dev/zero of=/var/tmp/disk bs=64k count=16 conv=fsync status=none
            status=$?
            rm -f /var/tmp/disk
            exit $status
            """
        try await eventually("\(machine.name)'s disk takes writes", within: deadline, every: .seconds(1)) {
            let said = try await machine.run(
                ["runuser", "-u", "nobody", "--", "sh", "-c", write], input: nil, deadline: .seconds(30))
            guard said.exit == 0 else { throw NotYet("exit \(said.exit) \(said.stderr)") }
        }
    }

    /// Mebibytes that are free for everybody on each machine's disk.
    ///
    /// - Throws: ``DrillError`` where one does not say.
    func free() async throws -> [String: Int] {
        try await withThrowingTaskGroup { group in
            for machine in sandbox.machines.values {
                group.addTask {
                    let said = try await machine.mustRun(
                        ["df", "--output=avail", "--block-size=1M", "/"],
                        failing: "it does not tell what is free")
                    guard let free = said.split(whereSeparator: \.isWhitespace).last.flatMap({ Int($0) })
                    else {
                        throw DrillError("\(machine.name): df does not say what is free", lastSeen: said)
                    }
                    return (machine.name, free)
                }
            }
            return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
    }
}
