import Dispatch
import DrillKit
import Foundation
import Machines
import Synchronization

/// Ctrl-C on a running drill: every sandbox is ended, and it says so, before the process goes.
///
/// A signal runs no `defer`; a dispatch source does what must be done.
/// After SIGKILL the lifeline ends the processes and the next start reaps what is left.
enum Interruption {
    private static let source = Mutex<(any DispatchSourceSignal)?>(nil)

    /// Watches for SIGINT from now on; the second time does nothing.
    static func watch() {
        source.withLock { source in
            guard source == nil else { return }
            signal(SIGINT, SIG_IGN)
            let made = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
            made.setEventHandler {
                Workshop.sayOnStandardError("interrupted: ending \(OpenSandboxes.count) sandboxes")
                Task {
                    await OpenSandboxes.closeAll()
                    Workshop.sayOnStandardError(
                        "interrupted: \(OpenSandboxes.leftovers ?? "all is torn down")")
                    exit(130)
                }
            }
            made.resume()
            source = made
        }
    }
}
