/// What `gluster volume heal … info` says: for each replica whether it is connected, and what it knows to need healing.
struct HealInfo: Equatable {
    /// One replica, as the tool tells of it.
    struct Replica: Equatable {
        /// Where it lies: `pi2:/srv/brick/shared/uploads`.
        let brick: String
        var status = "unknown"
        /// How many entries wait, as the tool counts them; nil where it could not.
        var waiting: Int?
        /// The names of those entries.
        var entries: [String] = []
    }

    /// The replicas, in the tool's order.
    private(set) var replicas: [Replica] = []

    /// Reads what the tool printed.
    init(_ text: String) {
        for line in text.split(separator: "\n").map(String.init) {
            if line.hasPrefix("Brick ") {
                replicas.append(Replica(brick: String(line.dropFirst("Brick ".count))))
            } else if let last = replicas.indices.last {
                replicas[last].take(line)
            }
        }
    }

    /// What is not whole; nil where so many replicas are connected and nothing waits to be healed.
    func complaint(replicas wanted: Int) -> String? {
        let complaints = replicas.compactMap(\.complaint)
        if replicas.count == wanted, complaints.isEmpty { return nil }
        return complaints.isEmpty
            ? "\(replicas.count) replicas, and \(wanted) are needed" : complaints.joined(separator: "; ")
    }
}

extension HealInfo.Replica {
    fileprivate mutating func take(_ line: String) {
        if line.hasPrefix("Status: ") {
            status = String(line.dropFirst("Status: ".count))
        } else if line.hasPrefix("Number of entries: ") {
            waiting = Int(line.dropFirst("Number of entries: ".count))
        } else {
            entries.append(line)
        }
    }

    fileprivate var complaint: String? {
        guard status == "Connected" else { return "\(brick): \(status)" }
        if waiting == 0 { return nil }
        let named = entries.prefix(3).joined(separator: ", ") + (entries.count > 3 ? ", …" : "")
        return "\(brick): \(waiting.map(String.init) ?? "?") to heal (\(named))"
    }
}
