import Boundary
public import Evidence
import Foundation
public import Machines

/// What is looked at in a restored sandbox before anything is broken: its wall, and what truly runs in it.
public struct Inspection: Sendable {
    /// What was observed in the guests, against the parity manifest.
    public struct Parity: Sendable {
        /// Each component with what was expected and what was seen.
        public let observations: [ParityObservation]
        /// What is not as in prod.
        public let substitutions: [Substitution]

        /// The observed versions by component.
        public var versions: [String: String] {
            Dictionary(
                observations.compactMap { seen in seen.observed.map { (seen.component, $0) } },
                uniquingKeysWith: { first, _ in first })
        }
    }

    let folder: ProfileFolder
    let sandbox: Sandbox

    /// Inspects a sandbox of a profile.
    public init(folder: ProfileFolder, sandbox: Sandbox) {
        self.folder = folder
        self.sandbox = sandbox
    }

    /// Proves that nothing in the sandbox can reach prod, from its namespace and from the operator's root.
    ///
    /// - Parameter keep: Takes the checks before they are held against anything: a proof that fails is evidence too.
    /// - Throws: ``DrillError`` naming each check that did not hold; nothing is injected then.
    public func proveWall(keep: ([BoundaryCheck]) throws -> Void) async throws -> [BoundaryCheck] {
        let desk = try OperatorDesk(Lab(sandbox))
        let proof = try await BoundaryProof.prove(
            sandbox.namespace, operator: desk.root, prod: ProdAddresses(profile: folder.path))
        let checks = proof.checks.map {
            BoundaryCheck(check: $0.check, ok: $0.ok, seen: $0.seen, seconds: $0.seconds)
        }
        try keep(checks)
        try WallOrder().admit(checks)
        return checks
    }

    /// Asks the guests themselves what runs in them: not the plays, which only say what should.
    public func observe() async throws -> Parity {
        let manifest = try ParityManifest(contentsOf: "\(folder.path)/parity.yml")
        let observations = try await withThrowingTaskGroup(of: (Int, ParityObservation).self) { group in
            for (place, component) in manifest.components.enumerated() {
                group.addTask { (place, try await observe(component)) }
            }
            return try await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }.map(\.1)
        }
        return Parity(observations: observations, substitutions: manifest.substitutions)
    }

    /// What one component's command prints, on each machine that has it; what differs is told side by side.
    private func observe(_ component: ParityManifest.Component) async throws -> ParityObservation {
        guard let here = component.here, let command = here.observe else {
            return ParityObservation(
                component: component.component, prod: component.prod, expected: component.here?.version,
                observed: component.here == nil ? nil : "")
        }
        let seen = try await withThrowingTaskGroup(of: String.self) { group in
            for name in here.on ?? sandbox.plan.machines.map(\.name) {
                let machine = try sandbox.machine(name)
                group.addTask {
                    let answer = try await machine.run(
                        ["sh", "-c", command], input: nil, deadline: .seconds(60))
                    return answer.exit == 0
                        ? answer.stdout.trimmingCharacters(in: .whitespacesAndNewlines)
                        : "\(name): exit \(answer.exit)"
                }
            }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        return ParityObservation(
            component: component.component, prod: component.prod, expected: here.version,
            observed: seen.sorted().joined(separator: " / "))
    }
}
