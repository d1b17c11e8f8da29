import Boundary
import DrillKit
import DrillTesting
import Evidence
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
}
