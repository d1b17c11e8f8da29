import Foundation
import Testing

@testable import Machines

/// Ctrl-C: all sandboxes are ended, and none is begun after them.
@Suite struct OpenSandboxesTests {
    @Test func nothingIsBegunOnceAllAreBeingEnded() async {
        await #expect(processExitsWith: .exitCode(7)) {
            guard !OpenSandboxes.areClosing, (try? OpenSandboxes.mayBegin()) != nil else { exit(1) }
            await OpenSandboxes.closeAll()
            guard OpenSandboxes.areClosing else { exit(2) }
            do { try OpenSandboxes.mayBegin() } catch is CancellationError { exit(7) } catch { exit(3) }
        }
    }

    /// Its folder is there, its namespace is not: whoever opens it finds out, and notes or ends it.
    @Test func oneThatIsBeingOpenedIsWaitedForAndEnded() async {
        await #expect(processExitsWith: .exitCode(7)) {
            OpenSandboxes.noteOpening("s-0001")
            OpenSandboxes.noteOpening("s-0002")
            Task {
                while !OpenSandboxes.areClosing { await Task.yield() }
                OpenSandboxes.note("s-0001") { OpenSandboxes.note("ended", ended: false) }
                OpenSandboxes.remove("s-0002")
            }
            await OpenSandboxes.closeAll()
            exit(OpenSandboxes.left == ["ended"] ? 7 : 1)
        }
    }

    /// Whoever reads of what is left must not look for what a second try has ended.
    @Test func whatEndedAtTheSecondTryIsNotLeft() async {
        await #expect(processExitsWith: .exitCode(7)) {
            for (id, ended) in [("s-1", false), ("s-1", false), ("s-2", false), ("s-1", true)] {
                OpenSandboxes.note(id, ended: ended)
            }
            exit(OpenSandboxes.left == ["s-2"] ? 7 : 1)
        }
    }
}
