import Testing

@testable import DrillKit

/// A volume is whole when three replicas are connected and know of nothing to heal; else it is said which, and what.
@Suite struct HealInfoTests {
    private func info(_ second: String) -> HealInfo {
        let whole = { (name: String) in
            "Brick \(name):/srv/brick/shared/uploads\nStatus: Connected\nNumber of entries: 0\n\n"
        }
        return HealInfo(whole("pi1") + "Brick pi2:/srv/brick/shared/uploads\n\(second)\n\n" + whole("pi3"))
    }

    @Test func aWholeVolumeHasNoComplaint() {
        #expect(info("Status: Connected\nNumber of entries: 0").complaint(replicas: 3) == nil)
    }

    @Test func whatWaitsIsNamed() {
        let info = info("/.health-pi1\n<gfid:0c1d>\nStatus: Connected\nNumber of entries: 2")
        #expect(
            info.complaint(replicas: 3)
                == "pi2:/srv/brick/shared/uploads: 2 to heal (/.health-pi1, <gfid:0c1d>)")
    }

    @Test func aReplicaThatIsGoneIsNamed() {
        let info = info("Status: Transport endpoint is not connected\nNumber of entries: -")
        #expect(
            info.complaint(replicas: 3)
                == "pi2:/srv/brick/shared/uploads: Transport endpoint is not connected")
    }

    @Test func aCountThatCannotBeReadIsNotZero() {
        #expect(info("Status: Connected\nNumber of entries: -").complaint(replicas: 3) != nil)
        #expect(info("Status: Connected").complaint(replicas: 3) != nil)
    }

    @Test(arguments: ["", "Volume shared is not started\n"])
    func noReplicaIsNotWhole(_ text: String) {
        #expect(HealInfo(text).complaint(replicas: 3) == "0 replicas, and 3 are needed")
    }
}
