import Machines

/// A segment of the database's log: its timeline and its number, as its file's name has them.
///
/// Source: PostgreSQL 15, `XLogFileName` in `xlog_internal.h`, with segments of 1 MB (`initdb --wal-segsize=1`).
struct LogSegment: Hashable, CustomStringConvertible {
    /// The timeline; a restored server begins a new one.
    var timeline: UInt32
    /// Its number from the log's beginning.
    var number: UInt64
    private static let bytes: UInt64 = 1 << 20
    private static let perFile = (UInt64(1) << 32) / bytes

    /// Reads a file's name: 24 hexadecimal digits; nil for anything else.
    init?(name: String) {
        let digits = Array(name)
        guard digits.count == 24, digits.allSatisfy(\.isHexDigit),
            let timeline = UInt32(String(digits[0..<8]), radix: 16),
            let high = UInt64(String(digits[8..<16]), radix: 16),
            let low = UInt64(String(digits[16..<24]), radix: 16), low < Self.perFile
        else { return nil }
        self.timeline = timeline
        number = high * Self.perFile + low
    }

    /// The segment that holds a position such as `0/3012A48`; nil where that is none.
    init?(timeline: UInt32, position: String) {
        let halves = position.split(separator: "/").map { UInt64($0, radix: 16) }
        guard halves.count == 2, let high = halves[0], let low = halves[1] else { return nil }
        self.timeline = timeline
        number = (high << 32 | low) / Self.bytes
    }

    /// The file's name.
    var description: String {
        [UInt64(timeline), number / Self.perFile, number % Self.perFile].map { part in
            let digits = String(part, radix: 16, uppercase: true)
            return String(repeating: "0", count: max(0, 8 - digits.count)) + digits
        }.joined()
    }

    /// The one after it, on the same timeline.
    var next: LogSegment {
        var next = self
        next.number += 1
        return next
    }
}

/// What the machine that keeps the database's backups has on its disk.
struct DatabaseArchive {
    /// The newest base backup's name; nil where there is none.
    private(set) var newest: String?
    /// Where its log begins.
    private var begins: LogSegment?
    private var segments: Set<LogSegment> = []

    /// Looks at the machine's disk.
    init(on machine: any Machine) async throws {
        let kept = try await machine.run(["sh", "-c", Self.script], input: nil, deadline: .seconds(30))
        guard kept.exit == 0 else { throw NotYet("\(machine.name): \(kept.stderr)") }
        self.init(kept.stdout)
    }

    /// Of segments only those that are whole: a name alone may be all that a power cut left of one.
    static let script = """
        cd /var/backups/postgres
        newest=$(ls base | tail -n 1)
        echo "base $newest"
        [ -z "$newest" ] || grep -m 1 '"Timeline"' "base/$newest/backup_manifest"
        find wal -maxdepth 1 -ignore_readdir_race -type f -size 1048576c -printf '%f\n'
        """

    /// Reads what ``script`` prints.
    init(_ text: String) {
        for line in text.split(separator: "\n") {
            let words = line.split { $0 == " " || $0 == "," || $0 == "\"" }.map(String.init)
            if words.first == "base" {
                newest = words.dropFirst().first
            } else if let timeline = words.firstIndex(of: "Timeline"),
                let start = words.firstIndex(of: "Start-LSN"), words.count > start + 2, timeline + 2 < start,
                let number = UInt32(words[timeline + 2])
            {
                begins = LogSegment(timeline: number, position: words[start + 2])
            } else if let segment = LogSegment(name: String(line)) {
                segments.insert(segment)
            }
        }
    }

    /// The newest segment that is kept; nil where none is.
    var end: LogSegment? { segments.max { ($0.timeline, $0.number) < ($1.timeline, $1.number) } }

    /// What is missing to bring the database back up to the end of a segment; nil when nothing is.
    func lack(to last: LogSegment) -> String? {
        guard let newest, var segment = begins else { return "there is no base backup" }
        guard segment.timeline == last.timeline else {
            return "base backup \(newest) is of timeline \(segment.timeline), the server on \(last.timeline)"
        }
        while segment.number <= last.number {
            guard segments.contains(segment) else { return "\(segment) is missing since \(newest)" }
            segment = segment.next
        }
        return nil
    }
}
