import Boundary
import Foundation

extension CheckpointBuilder {
    /// Which frozen disks a cold boot starts from.
    enum BootSource {
        case image
        case provisioned
        case checkpoint(Checkpoint)
    }

    /// A new sandbox from a checkpoint, verified healthy.
    ///
    /// With memory it goes on where the checkpoint was taken, clocks set to the host's; with disks alone it
    /// boots and the profile awakens its services. `clockOffset` lets a test make a fresh checkpoint look old.
    public func restore(
        _ checkpoint: Checkpoint, purpose: String, use: SandboxUse = .drill,
        as strength: CheckpointStrength? = nil, clockOffset: Duration = .zero
    ) async throws -> Sandbox {
        let strength = strength ?? checkpoint.description.strength
        let provider = try await provider(image: checkpoint.image)
        let sandbox: Sandbox
        switch strength {
        case .disks:
            sandbox = try await boot(
                on: .checkpoint(checkpoint), image: checkpoint.image, provisioned: checkpoint.provisioned,
                provider: provider, purpose: purpose, use: use)
        case .disksAndMemory:
            sandbox = try await load(checkpoint, provider: provider, purpose: purpose, use: use)
        }
        do {
            if strength == .disks { try await profile.awaken(sandbox, progress: progress) }
            // A restored guest is slow at its first commands; the first questions to its services warm it up
            // meanwhile. What counts is the answer after the clocks are right.
            async let clocks: Void = Stages.measure(.clocks) {
                try await sandbox.setClocks(offset: clockOffset)
            }
            async let warm: Void = profile.verifyHealthy(sandbox, deadline: .seconds(120))
            _ = try await (clocks, warm)
            try await Stages.measure(.health) {
                try await profile.verifyHealthy(sandbox, deadline: .seconds(120))
            }
            try await Stages.measure(.leases) { try await profile.handOver(sandbox) }
        } catch {
            await sandbox.close()
            throw error
        }
        return sandbox
    }

    private func load(
        _ checkpoint: Checkpoint, provider: any Provider, purpose: String, use: SandboxUse
    ) async throws -> Sandbox {
        let request = SiteRequest(
            plan: profile.plan, purpose: purpose, use: use, image: checkpoint.image.path,
            keeps: [checkpoint.image, checkpoint.provisioned, checkpoint.entry],
            frozen: ["/provisioned": checkpoint.provisioned.path, "/checkpoint": checkpoint.entry.path],
            memory: "\(checkpoint.entry.path)/memory", safe: "\(checkpoint.entry.path)/safe", tools: tools,
            programs: programs)
        return try await start(request, provider: provider) { machine in
            .memory(
                disk: "/checkpoint/\(machine).qcow2", memory: "/memory/\(machine)",
                state: "/checkpoint/\(machine).state")
        }
    }

    /// A new sandbox of blank machines: the profile's image and nothing else, each answered by its agent.
    public func bootBlank(purpose: String) async throws -> Sandbox {
        let image = try await image()
        return try await boot(
            on: .image, image: image, provisioned: nil, provider: provider(image: image), purpose: purpose)
    }

    /// A cold boot of all machines, side by side.
    func boot(
        on source: BootSource, image: CacheEntry, provisioned: CacheEntry?, provider: any Provider,
        purpose: String = "bring-up", use: SandboxUse = .drill, freezeInto: String? = nil
    ) async throws -> Sandbox {
        var request = SiteRequest(
            plan: profile.plan, purpose: purpose, use: use, image: image.path, keeps: [image],
            freezeInto: freezeInto, tools: tools, programs: programs)
        if let provisioned {
            request.frozen["/provisioned"] = provisioned.path
            request.keeps.append(provisioned)
            request.safe = "\(provisioned.path)/safe"
        }
        if case .checkpoint(let checkpoint) = source {
            request.frozen["/checkpoint"] = checkpoint.entry.path
            request.keeps.append(checkpoint.entry)
            request.safe = "\(checkpoint.entry.path)/safe"
        }
        if freezeInto != nil, provider.strength == .disksAndMemory, case .provisioned = source {
            try HostFiles.makePrivateFolder("\(freezeInto ?? "")/memory")
        }
        let keepsMemory = freezeInto != nil && provider.strength == .disksAndMemory
        let prepared = request
        return try await progress.step("boot \(profile.plan.machines.count) machines") {
            try await start(prepared, provider: provider) { machine in
                switch source {
                case .image: .disk(MachineSource.blankDisk, format: .raw, memoryFile: nil)
                case .provisioned:
                    .disk(
                        "/provisioned/\(machine).qcow2", format: .qcow2,
                        memoryFile: keepsMemory ? "/frozen/memory/\(machine)" : nil)
                case .checkpoint: .disk("/checkpoint/\(machine).qcow2", format: .qcow2, memoryFile: nil)
                }
            }
        }
    }

    private func start(
        _ request: SiteRequest, provider: any Provider,
        source: @escaping @Sendable (String) -> MachineSource
    ) async throws -> Sandbox {
        let claim = try await Stages.measure(.claim) {
            try await Claim.take(
                runs: runs, plan: request.plan, purpose: request.purpose,
                cores: request.use.cores(under: provider.acceleration.accelerator), progress: progress)
        }
        let id = claim.lease.id
        OpenSandboxes.noteOpening(id)
        var site: Site?
        do {
            let opened = try await Site.open(request, claim: claim)
            site = opened
            OpenSandboxes.note(id) { await claim.end(opened.namespace) }
            try claim.lease.recordNamespace(opened.namespace.processID)
            // One that came too late to be ended with the others.
            try OpenSandboxes.mayBegin()
            try await Stages.measure(.forwards) { try await opened.offerForwards() }
            let machines = try await withThrowingTaskGroup(of: (any Machine).self) { group in
                for spec in request.plan.machines {
                    group.addTask { try await provider.start(spec, at: opened, from: source(spec.name)) }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            return Sandbox(
                claim: claim, site: opened, request: request, machines: machines)
        } catch {
            let opened = site
            await Task {
                if let opened { await claim.end(opened.namespace) } else { claim.release() }
            }.value
            OpenSandboxes.remove(id)
            throw error
        }
    }
}
