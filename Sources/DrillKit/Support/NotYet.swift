/// What a probe saw instead of what it waits for; `eventually` reports the last one.
struct NotYet: Error, CustomStringConvertible {
    let description: String

    init(_ seen: String) { description = seen }
}
