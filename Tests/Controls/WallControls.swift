import Boundary
import DrillKit
import DrillTesting
import Evidence
import Foundation
import Machines
import Testing

/// A sandbox with a way out gets no drill: its proof fails before there is anything to inject a fault into.
@Suite(.lab())
struct WallControls {
    @Test func aSandboxWithARouteOutIsNotDrilled() async throws {
        let bench = try LabBench.ofThisTest()
        let sandbox = try await bench.workshop.builder.restore(
            bench.checkpoint, purpose: "wall control", use: .visit)
        try await sandbox.closing { sandbox in
            let inspection = Inspection(folder: bench.workshop.folder, sandbox: sandbox)
            let whole = try await inspection.proveWall { _ in }
            #expect(whole.filter { !$0.ok } == [])
            let route = try await sandbox.namespace.run(
                ["ip", "route", "add", "192.168.1.0/24", "via", "10.77.0.1"], deadline: .seconds(20))
            #expect(route.succeeded, "\(route.errorText)")
            var kept: [String] = []
            let error = await #expect(throws: DrillError.self) {
                try await inspection.proveWall { kept = $0.filter { !$0.ok }.map(\.check) }
            }
            #expect("\(try #require(error))".contains("the wall does not hold, so nothing was injected"))
            #expect(kept.contains("sandbox: routes") && kept.contains("operator: routes"), "\(kept)")
        }
    }

    /// The wall of a run's later sandbox fails: its case has a verdict that says so, and nothing is injected.
    @Test func aLaterSandboxWithARouteOutIsUnproven() async throws {
        let bench = try LabBench.ofThisTest()
        let plan = try bench.workshop.plan(drill: "NodeKill", case: "pi1, not leading")
        let sandbox = try await bench.workshop.builder.restore(
            bench.checkpoint, purpose: "wall control", use: .visit)
        try await sandbox.closing { sandbox in
            let current = CurrentRun.on(.controls)
            let first = try await current.draft(in: bench.workshop, from: bench.checkpoint, proving: sandbox)
            #expect(first.refusal == nil)
            let route = try await sandbox.namespace.run(
                ["ip", "route", "add", "192.168.1.0/24", "via", "10.77.0.1"], deadline: .seconds(20))
            #expect(route.succeeded, "\(route.errorText)")
            let later = try await current.draft(in: bench.workshop, from: bench.checkpoint, proving: sandbox)
            let (verdict, _) = try await Drill.run(
                plan, on: sandbox, draft: later, in: current.run(in: bench.workshop, from: bench.checkpoint)
            ) { _ in Issue.record("something was done in it") }
            #expect(verdict.result == .unproven)
            #expect(verdict.reason.contains("the wall does not hold"), "\(verdict.reason)")
            #expect(verdict.reason.contains("sandbox: routes"), "\(verdict.reason)")
        }
    }

    /// Root inside puts links to a folder of the host in place of what the harness uses; nothing of it is used.
    @Test func aLinkLeftByRootInsideIsNotFollowed() async throws {
        let bench = try LabBench.ofThisTest()
        let host = FileManager.default.temporaryDirectory.appending(path: "bait-\(UUID())").path
        try FileManager.default.createDirectory(atPath: host, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(atPath: host) }
        let sandbox = try await bench.workshop.builder.restore(
            bench.checkpoint, purpose: "wall control", use: .visit)
        try await sandbox.closing { sandbox in
            let lab = try Lab(sandbox)
            _ = try await lab.vault.node("pi1").sealStatus()
            let machine = try sandbox.machine("pi3")
            try await machine.cutPower()
            let links = try await sandbox.namespace.run(
                [
                    "sh", "-ec",
                    "cd /sandbox; for name in forward pi3; do rm -r $name; ln -s \(host) $name; done",
                ], deadline: .seconds(20))
            #expect(links.succeeded, "\(links.errorText)")
            await refused("a request") { _ = try await Lab(sandbox).vault.node("pi1").sealStatus() }
            await refused("a disk") { try await machine.replace(deadline: .seconds(60)) }
            let desk = try OperatorDesk(lab)
            let step = try await HostCommand.run(
                desk.command(
                    ["sh", "-ec", "rm -r ~/.ssh; ln -s \(host) ~/.ssh"], in: sandbox.namespace),
                deadline: .seconds(30))
            #expect(step.succeeded, "\(step.errorText)")
            await refused("the operator's home") { _ = try OperatorDesk(lab) }
            #expect(try FileManager.default.contentsOfDirectory(atPath: host) == [])
        }
    }

    private func refused(_ what: String, _ use: () async throws -> Void) async {
        let error = await #expect(throws: (any Error).self, "\(what)") { try await use() }
        let said = error.map { "\($0)" } ?? ""
        #expect(WallRule.named(by: said) == .links, "\(what): \(said)")
    }
}
