import Boundary
import Foundation
import Machines

/// The disk of the off-site box: in its place the box writes to it, at the operator's laptop it can be read.
public struct OffsiteDisk: Sendable {
    /// Where it is while it is in the box, on the host.
    let place: String
    /// The laptop's side: what is plugged in there appears in this folder, on the host.
    let laptop: String
    /// The same as the operator sees it.
    static let inside = "/media"
    /// Where the box itself stands, on the host.
    let box: String
    private let sandbox: Sandbox

    init(_ sandbox: Sandbox) {
        self.sandbox = sandbox
        box = "\(sandbox.shared)/offsite"
        place = "\(box)/disk"
        laptop = "\(sandbox.folder)/media"
    }

    /// Takes it out of the box and plugs it into the laptop: from now on the box has nothing to write to, so that no copy of
    /// a lab that is being rebuilt comes after those that are needed.
    ///
    /// - Throws: ``DrillError`` where the box has none.
    public func fetch() throws { try move(from: place, to: plugged) }

    /// Takes it back into the box, which learns the host keys that the operator knows now and goes on.
    ///
    /// - Throws: ``DrillError`` where the laptop has none.
    public func takeBack() throws {
        try KnownHosts(in: box).write(OperatorSafe(sandbox).knownHosts.lines())
        try move(from: plugged, to: place)
    }

    private var plugged: String { "\(laptop)/offsite" }

    private func move(from: String, to: String) throws {
        guard try SharedPath(from).exists() else {
            throw DrillError("the off-site disk is not there", lastSeen: "looked in \(from)")
        }
        try SharedPath(from).move(to: SharedPath(to))
    }

    /// When the newest copy of each store was begun, as the box notes them on the disk.
    func newestCopies() -> [String: Date] {
        let notes = (try? SharedPath("\(place)/copies").text()) ?? ""
        var newest: [String: Date] = [:]
        for line in notes.split(separator: "\n") {
            let words = line.split(separator: " ").map(String.init)
            guard words.count == 3, let second = TimeInterval(words[2]) else { continue }
            let began = Date(timeIntervalSince1970: second)
            newest[words[0]] = max(began, newest[words[0]] ?? began)
        }
        return newest
    }
}
