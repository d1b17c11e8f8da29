import Boundary
import Foundation

/// What a new sandbox is laid out from.
struct SiteRequest {
    var plan: LabPlan
    var purpose: String
    var use = SandboxUse.drill
    var image: String
    /// What the sandbox's disks rest on: nobody may prune it while the sandbox lives.
    var keeps: [CacheEntry]
    /// Frozen folders seen read-only inside, by their path there: `/provisioned`, `/checkpoint`.
    var frozen: [String: String] = [:]
    /// The folder of memory files that machines map copy-on-write; QEMU opens such files for writing.
    var memory: String?
    /// The folder that what is frozen goes to, where the sandbox is to become a checkpoint.
    var freezeInto: String?
    /// The safe whose contents the sandbox begins with.
    var safe: String?
    var tools: String
    /// Programs of the harness, by where they stand inside.
    var programs: [String: String] = [:]
}

extension Site {
    /// Opens the namespace of a new sandbox: its folder, its safe, and the bridge with a tap for each machine.
    ///
    /// Of the folder only what is shared is seen inside. Logs and the made `/etc` lie beside it: nobody inside can put a
    /// link in their place. The safe is written to while a checkpoint is made, and then no more.
    static func open(_ request: SiteRequest, claim: Claim) async throws -> Site {
        let plan = request.plan
        let folder = claim.lease.folder
        let shared = RunFolders.shared(in: folder)
        for part in ["\(folder)/logs", "\(shared)/forward"] + plan.machines.map({ "\(shared)/\($0.name)" }) {
            try HostFiles.makePrivateFolder(part)
        }
        if let safe = request.safe {
            try FileManager.default.copyItem(atPath: safe, toPath: "\(folder)/safe")
        } else {
            try HostFiles.makePrivateFolder("\(folder)/safe")
        }
        var mounts = [
            Mount(source: shared, target: "/sandbox", writable: true),
            Mount(source: "\(folder)/safe", target: "/safe", writable: request.freezeInto != nil),
            Mount(source: request.image, target: "/image", writable: false),
            Mount(source: plan.folder, target: "/profile", writable: false),
            Mount(source: request.tools, target: "/tools", writable: false),
        ]
        for (target, source) in request.frozen.merging(request.programs, uniquingKeysWith: { $1 }) {
            mounts.append(Mount(source: source, target: target, writable: false))
        }
        if let memory = request.memory {
            mounts.append(Mount(source: memory, target: "/memory", writable: true))
        }
        if let freezeInto = request.freezeInto {
            mounts.append(Mount(source: freezeInto, target: "/frozen", writable: true))
        }
        let layout = NamespaceLayout(
            id: claim.lease.id, mounts: mounts, hosts: plan.hosts, startup: startup(plan),
            statusFolder: folder, hostname: "operator", prod: try ProdAddresses(profile: plan.folder))
        let namespace = try await Stages.measure(.namespace) { try await Namespace.open(layout) }
        return Site(namespace: namespace, folder: folder, plan: plan, frozen: request.freezeInto)
    }

    /// The segment: one bridge, one tap a machine, and no route but its own.
    private static func startup(_ plan: LabPlan) -> String {
        let taps = plan.machines.map { machine in
            """
            ip tuntap add dev \(machine.name) mode tap
            ip link set dev \(machine.name) master br0 up
            """
        }
        return """
            set -e
            sysctl -qw net.ipv6.conf.all.disable_ipv6=1 2>/dev/null || true
            ip link set dev lo up
            ip link add name br0 type bridge
            ip address add \(LabPlan.operatorAddress)/24 dev br0
            ip link set dev br0 up
            \(taps.joined(separator: "\n"))
            """
    }

    /// Offers a forward for each port of the plan.
    func offerForwards() async throws {
        for forward in plan.forwards {
            guard let address = plan.hosts[forward.machine] else { continue }
            let name = "\(forward.machine)-\(forward.port)"
            _ = try await namespace.start(
                [
                    "socat", "UNIX-LISTEN:/sandbox/\(forward.socket),fork,mode=600",
                    "TCP:\(address):\(forward.port),connect-timeout=5,nodelay",
                ], log: log("forward-\(name)"))
        }
        for forward in plan.forwards {
            let socket = "\(shared)/\(forward.socket)"
            try await eventually("the forward \(socket)", within: .seconds(10), every: .milliseconds(10)) {
                try SharedPath(socket).exists() ? () : nil
            }
        }
    }
}

extension LabPlan {
    /// The operator's own address on the sandbox's segment.
    public static let operatorAddress = "10.77.0.254"
}
