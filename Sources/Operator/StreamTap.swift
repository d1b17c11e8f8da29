import Synchronization

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// One stream of the operator's shell, cut into steps at the marks that the driver prints.
///
/// A mark is `RS nonce ":" status RS` (RS is byte 0x1E), with a nonce nobody can guess, and needs
/// no line end before it, so that output without one is kept to the byte.
final class StreamTap: Sendable {
    private struct State {
        var pending: [UInt8] = []
        var kept = KeptOutput()
        var finished: KeptOutput?
    }

    private static let separator: UInt8 = 0x1E
    private static let longestStatus = 4
    private let opening: [UInt8]
    private let state = Mutex(State())

    init(nonce: String) {
        opening = [Self.separator] + nonce.utf8 + [UInt8(ascii: ":")]
    }

    /// Takes in what was read; returns the step's exit status when its mark was among it.
    func append(_ bytes: [UInt8]) -> Int32? {
        state.withLock { state in
            var rest = state.pending.isEmpty ? bytes[...] : (state.pending + bytes)[...]
            var status: Int32?
            state.pending = []
            while let start = Self.separator(in: rest) {
                state.kept.append(rest[..<start])
                rest = rest[start...]
                switch mark(in: rest) {
                case .complete(let exit, let end):
                    status = exit
                    state.finished = state.kept
                    state.kept = KeptOutput()
                    rest = rest[end...]
                case .partial:
                    state.pending = Array(rest)
                    return status
                case .none:
                    state.kept.append(rest.prefix(1))
                    rest = rest.dropFirst()
                }
            }
            state.kept.append(rest)
            return status
        }
    }

    /// The finished step's output, or, when the stream ended without a mark, all that came.
    func take() -> KeptOutput {
        state.withLock { state in
            if let finished = state.finished {
                state.finished = nil
                return finished
            }
            var kept = state.kept
            kept.append(state.pending[...])
            state.kept = KeptOutput()
            state.pending = []
            return kept
        }
    }

    /// By memchr: a step may print 100 MB, which a loop in Swift would take half a minute over unoptimised.
    private static func separator(in bytes: ArraySlice<UInt8>) -> Int? {
        bytes.withUnsafeBytes { buffer in
            guard let base = buffer.baseAddress, let found = memchr(base, Int32(separator), buffer.count)
            else { return nil }
            return bytes.startIndex + base.distance(to: found)
        }
    }

    private enum Mark {
        case complete(status: Int32, end: Int)
        case partial
        case none
    }

    private func mark(in bytes: ArraySlice<UInt8>) -> Mark {
        guard bytes.count >= opening.count else { return opening.starts(with: bytes) ? .partial : .none }
        guard bytes.starts(with: opening) else { return .none }
        let status = bytes.dropFirst(opening.count).prefix(Self.longestStatus)
        guard let end = status.firstIndex(of: Self.separator) else {
            return status.count < Self.longestStatus ? .partial : .none
        }
        guard let exit = Int32(String(decoding: status[..<end], as: UTF8.self)) else { return .none }
        return .complete(status: exit, end: end + 1)
    }
}
