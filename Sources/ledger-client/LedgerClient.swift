import Foundation
import Ledger
import CCurl
import CPQ

@main
struct LedgerClient {
    static func main() {
        print(PQlibVersion(), String(cString: curl_version()), (try? LedgerLine(at: 1, event: .note).encoded())?.count ?? 0)
    }
}
