import DrillKit
import Foundation
import Machines

/// A person's hands on the machines' switches: what he types at the terminal of `drillctl break`.
struct SwitchDesk: Sendable {
    let lab: Lab

    /// What a line of his asks for.
    enum Wish: Equatable {
        case on(String)
        case off(String)
        case plug(String)
        case new(String)
        case disk(isOut: Bool)
        case status
        case giveUp

        init?(_ line: String) {
            let words = line.split(whereSeparator: \.isWhitespace).map { $0.lowercased() }
            switch (words.first, words.count) {
            case ("on", 2): self = .on(words[1])
            case ("off", 2): self = .off(words[1])
            case ("plug", 2): self = .plug(words[1])
            case ("new", 2): self = .new(words[1])
            case ("disk", 2) where ["out", "back"].contains(words[1]): self = .disk(isOut: words[1] == "out")
            case ("status", 1): self = .status
            case ("give", 2) where words[1] == "up": self = .giveUp
            default: return nil
            }
        }
    }

    /// Runs `body` and does meanwhile what he types; giving up cancels it.
    func whileOpen(_ body: @escaping @Sendable () async throws -> Void) async throws {
        try await withThrowingTaskGroup { group in
            group.addTask { try await body() }
            group.addTask {
                for await line in Self.lines() { try await fulfil(line) }
                // No more input is no wish: the lab may still become whole.
                while true { try await Task.sleep(for: .seconds(3600)) }
            }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    private func fulfil(_ line: String) async throws {
        guard !line.allSatisfy(\.isWhitespace) else { return }
        guard let wish = Wish(line) else {
            return answer(
                "on MACHINE, off MACHINE, plug MACHINE, new MACHINE, disk out, disk back, status or give up")
        }
        let hands = HumanHands(sandbox: lab.sandbox)
        do {
            switch wish {
            case .on(let name):
                try await hands.switchOn(name)
                answer("\(name) is on and has booted")
            case .off(let name):
                try await lab.sandbox.machine(name).cutPower()
                answer("\(name) is off")
            case .plug(let name):
                try await hands.plugIn(name)
                answer("\(name) has its network cable")
            case .new(let name):
                try await hands.replace(name)
                answer("a blank machine is \(name) now; your safe has its host key")
            case .disk(let isOut):
                let disk = lab.offsite.disk
                isOut ? try disk.fetch() : try disk.takeBack()
                answer("the off-site disk is \(isOut ? "at your laptop: /media/offsite" : "in its box")")
            case .status:
                answer("\(await lab.vault.survey())")
            case .giveUp:
                throw GivenUp()
            }
        } catch let error where error is GivenUp || error is CancellationError {
            throw error
        } catch {
            // A wish that could not be fulfilled ends nothing: the lab still waits for its person.
            answer("\(error)")
        }
    }

    /// The terminal's lines, read on a thread of its own.
    private static func lines() -> AsyncStream<String> {
        AsyncStream { continuation in
            Thread.detachNewThread {
                while let line = readLine() { continuation.yield(line) }
                continuation.finish()
            }
        }
    }
}
