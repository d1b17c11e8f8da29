import Foundation

/// The replicated volume through the app: one uploaded file for each write.
final class VolumeDoor: Door {
    let namePrefix = "ledger-"
    private let api: AppAPI

    init(_ http: HTTPLine, base: String, token: String) {
        api = AppAPI(http: http, base: base, token: token)
    }

    func write(_ number: Int, _ content: String, patience: Int) -> Answer {
        api.write(
            "PUT", "/uploads/ledger-\(number)", type: "application/octet-stream", Data(content.utf8),
            patience)
    }

    func readAll(by deadline: Deadline) throws -> [Found] {
        struct Upload: Decodable {
            let name: String
            let content: String
        }
        var found: [Found] = []
        while true {
            let after = found.last?.name ?? ""
            let page: [Upload] = try api.list("/uploads?prefix=ledger-&after=\(after)", by: deadline)
            // Nothing, or nothing new: that was all.
            guard let last = page.last, last.name > after else { return found }
            found += page.map { Found(name: $0.name, content: $0.content) }
        }
    }
}
