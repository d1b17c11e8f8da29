import Boundary
import Foundation

/// Turns a profile into a checkpoint in three stages, each cached by the digest of what went into it:
/// the image, the machines after the profile's plays, and the healthy lab with its memory.
public struct CheckpointBuilder: Sendable {
    let profile: any LabProfile
    let cache: Cache
    let runs: RunFolders
    let progress: BringUp
    /// Files that the image and the operator get as they are: the folder with `bao` and `vault`.
    let tools: String
    /// Programs of the harness that run inside: where each stands there, with its file on this host.
    let programs: [String: String]

    /// Makes a builder for a profile; nothing is built until ``checkpoint()`` is called.
    public init(
        profile: any LabProfile, cache: Cache, runs: RunFolders, tools: String,
        programs: [String: String] = [:], progress: BringUp
    ) {
        self.profile = profile
        self.cache = cache
        self.runs = runs
        self.tools = tools
        self.programs = programs
        self.progress = progress
    }

    private var plan: LabPlan { profile.plan }

    /// The checkpoint of the profile as it now is: found in the cache, or built.
    ///
    /// A cold start takes minutes and says how far it is; a warm one takes milliseconds.
    public func checkpoint() async throws -> Checkpoint {
        let image = try await image()
        let provider = try await provider(image: image)
        let provisioned = try await provisioned(image: image, provider: provider)
        var key = CacheKey()
        key.add("provisioned", string: provisioned.key)
        key.add("plan", string: "\(plan.machines) \(plan.diskMB)")
        key.add("provider", string: "\(provider.name) \(provider.fingerprint.sorted { $0.key < $1.key })")
        key.add("layout", string: "checkpoint/5")
        let digests = ["image": image.key, "plays": provisioned.key, "checkpoint": key.digest]
        let entry = try await cache.entry(kind: "checkpoint", key: key, progress: progress.note) { staging in
            let sandbox = try await boot(
                on: .provisioned, image: image, provisioned: provisioned, provider: provider,
                freezeInto: staging)
            try await sandbox.closing { sandbox in
                try await progress.step("awaken the services") {
                    try await profile.awaken(sandbox, progress: progress)
                }
                try await progress.step("every service healthy") {
                    try await profile.verifyHealthy(sandbox, deadline: .seconds(180))
                }
                try await progress.step("freeze the lab") {
                    try await settleDisks(sandbox)
                    try await provider.freeze(Array(sandbox.machines.values), at: sandbox.site)
                }
                try await freezeSafe(of: sandbox)
                try Checkpoint.write(
                    .init(
                        strength: provider.strength, provider: provider.name, digests: digests, taken: Date()),
                    to: staging)
            }
        }
        return try Checkpoint(entry: entry, image: image, provisioned: provisioned)
    }

    /// The provider for an image: which QEMU, and which accelerator truly starts this image's kernel.
    public func provider(image: CacheEntry) async throws -> any Provider {
        try await QEMUProvider(
            architecture: plan.architecture, kernel: "\(image.path)/vmlinuz",
            rememberedIn: "\(cache.root)/accelerator-\(plan.architecture.rawValue).json")
    }

    /// The machines' image: found in the cache, or built by the profile's recipe.
    public func image() async throws -> CacheEntry {
        let recipe = "\(plan.folder)/image"
        var key = CacheKey()
        try key.add("recipe", folder: recipe)
        try key.add("bao", file: "\(tools)/bao")
        key.add("architecture", string: plan.architecture.rawValue)
        return try await cache.entry(kind: "image", key: key, progress: progress.note) { staging in
            try await progress.step("build the machines' image (\(plan.architecture.rawValue))") {
                try await ImageRecipe(script: "\(recipe)/build.sh").run(
                    into: staging, architecture: plan.architecture, tools: tools, progress: progress)
            }
        }
    }

    /// The disks of the machines after the plays: found in the cache, or made by running them.
    private func provisioned(image: CacheEntry, provider: any Provider) async throws -> CacheEntry {
        var key = CacheKey()
        key.add("image", string: image.key)
        key.add("plan", string: "\(plan.machines.map(\.name)) \(plan.diskMB)")
        for (name, path) in profile.provisioningInputs {
            try key.add(name, fileOrFolder: path)
        }
        return try await cache.entry(kind: "provisioned", key: key, progress: progress.note) { staging in
            let sandbox = try await boot(
                on: .image, image: image, provisioned: nil, provider: provider, freezeInto: staging)
            try await sandbox.closing { sandbox in
                try await profile.provision(sandbox, progress: progress)
                try await progress.step("shut the machines down") {
                    try await provider.freezeDisks(Array(sandbox.machines.values), at: sandbox.site)
                }
                try await freezeSafe(of: sandbox)
            }
        }
    }

    /// Copies the safe to what is frozen, inside: whoever writes to both could leave a link in them.
    private func freezeSafe(of sandbox: Sandbox) async throws {
        let copied = try await sandbox.namespace.run(
            ["cp", "--archive", "--no-target-directory", "/safe", "/frozen/safe"], deadline: .seconds(60))
        guard copied.succeeded else {
            throw MachineError("the safe could not be frozen", lastSeen: copied.lastWords)
        }
    }

    private func settleDisks(_ sandbox: Sandbox) async throws {
        for machine in sandbox.machines.values { _ = try await machine.run("sync") }
    }
}
