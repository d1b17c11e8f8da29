import Foundation
import Ledger

/// The work of one thread at one store.
struct Visit: Sendable {
    let store: StorePlan
    let plan: LedgerPlan
    let credentials: LedgerCredentials
    let lines: LineWriter

    /// Writes one after another until the signal comes; the write in hand is finished.
    ///
    /// One last write that was slow would look like a store that went away: it may show that it is there still.
    func write(until stop: StopSignal) {
        let door: any Door
        do {
            door = try Doors.open(store, plan, credentials)
        } catch {
            return lines.put(.note, store: store.store, detail: "\(store.store): \(error)", synced: true)
        }
        var number = plan.first
        var isAcknowledged: Bool
        repeat {
            isAcknowledged = write(number, through: door)
            number += 1
        } while !stop.comes(within: store.interval)
        let end = Deadline(milliseconds: plan.lastTries)
        // At its own pace.
        while !isAcknowledged, end.left > store.interval {
            usleep(UInt32(store.interval) * 1000)
            isAcknowledged = write(number, through: door)
            number += 1
        }
    }

    /// Sends one write and notes what became of it; true when it was acknowledged.
    private func write(_ number: Int, through door: any Door) -> Bool {
        let content = LedgerContent.of(store: store.store.rawValue, prefix: plan.prefix, number: number)
        // On the disk before it is sent: what is found and was never sent is a store's invention.
        lines.put(.sent, store: store.store, number: number, synced: true)
        switch door.write(number, content, patience: store.patience) {
        case .acknowledged:
            lines.put(.acknowledged, store: store.store, number: number)
            return true
        case .refused(let words): lines.put(.refused, store: store.store, number: number, detail: words)
        case .unknown(let words): lines.put(.unknown, store: store.store, number: number, detail: words)
        }
        return false
    }

    /// Reads everything back, once.
    func read() {
        do {
            let door = try Doors.open(store, plan, credentials)
            let found = try door.readAll(by: Deadline(milliseconds: store.reading))
            for item in found {
                let number = item.number(after: door.namePrefix)
                lines.put(
                    .found, store: store.store, number: number, content: String(item.content.prefix(400)),
                    detail: number == 0 ? item.name : nil)
            }
            lines.put(.read, store: store.store, count: found.count, synced: true)
        } catch {
            lines.put(.unreadable, store: store.store, detail: "\(error)", synced: true)
        }
    }
}
