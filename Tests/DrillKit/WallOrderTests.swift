import Evidence
import Testing

@testable import DrillKit

@Suite("The order to lower the wall") struct WallOrderTests {
    private func proof(broken: String...) -> [BoundaryCheck] {
        let looks = [
            "sandbox: routes", "sandbox: connections out", "sandbox: namespaces", "operator: mounts",
            "sandbox: files of the host", "harness: HTTP client opens Unix sockets only",
        ]
        return looks.map { look in
            BoundaryCheck(check: look, ok: !broken.contains(look), seen: "as seen", seconds: 0)
        }
    }

    @Test func isGivenByOneWordAlone() throws {
        #expect(try !WallOrder(environment: [:]).isLowered)
        #expect(try !WallOrder(environment: ["DRILL_WALL": ""]).isLowered)
        #expect(try WallOrder(environment: ["DRILL_WALL": "lowered"]).isLowered)
        for slip in ["1", "yes", "true", "Lowered", "off", "lowered "] {
            #expect(throws: DrillError.self, "\(slip)") { try WallOrder(environment: ["DRILL_WALL": slip]) }
        }
    }

    @Test func letsAWholeWallPass() throws {
        try WallOrder(environment: [:]).admit(proof())
        try WallOrder(environment: ["DRILL_WALL": "lowered"]).admit(proof())
    }

    @Test func isNeededForWhatCanBeSeenFromInside() throws {
        let seen = proof(broken: "operator: mounts", "sandbox: files of the host")
        let error = #expect(throws: DrillError.self) { try WallOrder(environment: [:]).admit(seen) }
        #expect(error?.lastSeen == "operator: mounts: as seen\nsandbox: files of the host: as seen")
        #expect(error?.next?.contains("DRILL_WALL=lowered") == true)
        try WallOrder(environment: ["DRILL_WALL": "lowered"]).admit(seen)
    }

    @Test(arguments: [
        "sandbox: routes", "sandbox: connections out", "sandbox: namespaces",
        "harness: HTTP client opens Unix sockets only",
    ]) func opensNoWayOut(_ look: String) throws {
        let open = proof(broken: look, "operator: mounts")
        for order in ["", "lowered"] {
            let error = #expect(throws: DrillError.self) {
                try WallOrder(environment: ["DRILL_WALL": order]).admit(open)
            }
            #expect(error?.lastSeen?.contains("\(look): as seen") == true)
            #expect(error?.next == "run `drillctl doctor`")
        }
    }
}
