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
}
