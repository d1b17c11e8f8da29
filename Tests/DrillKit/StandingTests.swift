import Testing

@testable import DrillKit

/// What nobody changes: what counts as a change of it.
struct StandingTests {
    private let before = Standing(
        data: StandingData(digests: ["erp, customers": "a1", "how its log is archived": "archive_timeout=30"]
        ),
        files: ["pi1: d1 standing-1", "pi2: d1 standing-1"], enabled: ["pi1: openbao.service"],
        free: ["pi1": 1000, "pi2": 1000])

    @Test func whatIsAsItWasIsNoChange() {
        #expect(before.change(from: before) == nil)
    }

    /// Clients write on, so that a file more and a disk that is a little fuller are no harm.
    @Test func whatGrewMeanwhileIsNoChange() {
        var after = before
        after.files.insert("pi1: d2 standing-2")
        after.free["pi2"] = 500
        #expect(after.change(from: before) == nil)
    }

    @Test func eachPartThatChangedIsNamed() {
        var after = before
        after.data = StandingData(digests: [
            "erp, customers": "a1", "how its log is archived": "archive_timeout=0",
        ])
        after.files.remove("pi2: d1 standing-1")
        after.enabled = ["pi2: openbao.service"]
        after.free["pi2"] = 499
        #expect(
            after.change(from: before)
                == "not as before the fault: how its log is archived; on the volume, pi2: d1 standing-1; "
                + "at boot, pi1: openbao.service; "
                + "free on pi2, 499 MiB of 1000 MiB")
    }

    @Test func aPartThatIsGoneIsNamed() {
        var after = before
        after.data = StandingData(digests: ["how its log is archived": "archive_timeout=30"])
        after.free["pi1"] = nil
        #expect(
            after.change(from: before)
                == "not as before the fault: erp, customers; free on pi1, 0 MiB of 1000 MiB")
    }
}
