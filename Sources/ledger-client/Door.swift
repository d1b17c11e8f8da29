/// What a client learns of one write.
enum Answer: Equatable {
    /// The store keeps it.
    case acknowledged
    /// The store said no, or nothing of the write ever reached it; the words say which.
    case refused(String)
    /// Anything else: it may be there or not.
    case unknown(String)
}

/// Something that is there.
struct Found {
    /// What the store calls it.
    var name: String
    /// What it holds.
    var content: String

    /// The write's number, or 0 for a name that no writer gives.
    func number(after prefix: String) -> Int {
        guard name.hasPrefix(prefix), let number = Int(name.dropFirst(prefix.count)), number > 0,
            name == prefix + String(number)
        else { return 0 }
        return number
    }
}

/// The front door of one store, as a client of it has it; used by one thread.
///
/// Everything in it ends by its deadline. A write that may have reached the store in any way and was not
/// answered is unknown; only what certainly did not happen is refused, since the checker holds a refused write
/// that is there against the store.
protocol Door: AnyObject {
    /// What stands before the number in the names that this door reads back.
    var namePrefix: String { get }

    /// Writes once; never twice, whatever happens.
    ///
    /// - Parameter patience: milliseconds that the client waits for the answer.
    func write(_ number: Int, _ content: String, patience: Int) -> Answer

    /// Everything that is there, also what no writer wrote.
    func readAll(by deadline: Deadline) throws -> [Found]
}

/// Why a store cannot be used or read.
struct DoorError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
