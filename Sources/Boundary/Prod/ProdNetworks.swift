import Foundation

/// The one place where the operator adds networks to prod's: the file `plays/prod-networks.txt` of a profile.
///
/// One IPv4 or IPv6 network or address a line, such as `203.0.113.0/24`; `#` begins a comment.
extension ProdAddresses {
    /// The file's name in the profile's folder.
    public static let fileName = "plays/prod-networks.txt"

    /// The lab's nodes and every network that the operator names in the profile's folder; without a file the
    /// nodes alone.
    ///
    /// - Throws: `BoundaryError.badNetwork` with file and line, or the error of reading it.
    public init(profile folder: String) throws {
        let path = folder + "/" + Self.fileName
        guard FileManager.default.fileExists(atPath: path) else {
            self = .lab
            return
        }
        self = try Self.lab.adding(String(contentsOfFile: path, encoding: .utf8), of: path)
    }

    /// The same with the networks of a text in the file's form.
    ///
    /// - Parameter path: The file that it is from, for the error.
    /// - Throws: `BoundaryError.badNetwork` for the first line that is no network, or one that prod cannot have.
    public func adding(_ text: String, of path: String = fileName) throws -> ProdAddresses {
        var networks = networks
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            .enumerated()
        {
            let entry = line.prefix { $0 != "#" }.trimmingCharacters(in: .whitespaces)
            guard !entry.isEmpty else { continue }
            do throws(NetworkTrouble) {
                networks.append(try Self.network(entry))
            } catch {
                throw BoundaryError.badNetwork(
                    path: path, line: index + 1, text: entry, why: error.description)
            }
        }
        return ProdAddresses(networks: networks)
    }

    private static func network(_ entry: String) throws(NetworkTrouble) -> IPNetwork {
        let parts = entry.split(separator: "/", omittingEmptySubsequences: false)
        let four = IPv4.strict(parts[0]).map(IPv6.mapped)
        guard parts.count <= 2, let base = four ?? IPv6.value(parts[0]) else { throw .notANetwork }
        let width = four == nil ? 128 : 32
        guard let length = parts.count == 1 ? width : Int(parts[1]), (0...width).contains(length) else {
            throw .badLength(width)
        }
        let network = IPNetwork(around: base, hostBits: width - length)
        guard network.addresses.lowerBound == base else {
            throw .notItsFirst("\(IPNetwork.plain(network.addresses.lowerBound))/\(length)")
        }
        if let own = sandboxes.first(where: { network.overlaps($0.network) }) { throw .sandboxes(own.name) }
        return network
    }

    /// What every sandbox needs for itself; prod's networks are elsewhere, or nothing could be told apart.
    private static let sandboxes = [
        (name: "the sandbox's own segment 10.77.0.0/24", network: IPNetwork(0x0A4D_0000, 0x0A4D_00FF)),
        (name: "loopback 127.0.0.0/8", network: IPNetwork(0x7F00_0000, 0x7FFF_FFFF)),
        (name: "loopback ::1", network: IPNetwork(1...1)),
    ]
}

/// Why a line names no network of prod.
private enum NetworkTrouble: Error, CustomStringConvertible {
    case notANetwork
    case badLength(Int)
    case notItsFirst(String)
    case sandboxes(String)

    var description: String {
        switch self {
        case .notANetwork:
            "is no IPv4 or IPv6 network in plain form; write it like 203.0.113.0/24 or 2001:db8::/48"
        case .badLength(let width): "has no prefix length of 0 to \(width) after the slash"
        case .notItsFirst(let network): "is not the first address of its network; did you mean \(network)?"
        case .sandboxes(let name): "holds \(name), which must stay reachable; name prod's networks alone"
        }
    }
}
