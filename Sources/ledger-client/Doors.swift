import Ledger

/// Which door leads to which store.
enum Doors {
    /// Opens a store's door; nothing is sent yet.
    static func open(
        _ store: StorePlan, _ plan: LedgerPlan, _ credentials: LedgerCredentials
    ) throws -> any Door {
        guard let address = store.addresses.first else { throw DoorError("\(store.store) has no address") }
        func need<Value>(_ value: Value?) throws -> Value {
            guard let value else { throw DoorError("\(plan.credentials) has nothing for \(store.store)") }
            return value
        }
        let http = HTTPLine(authority: plan.authority)
        switch store.store {
        case .vault:
            return VaultDoor(
                http, nodes: store.addresses, token: try need(credentials.vault).token, prefix: plan.prefix)
        case .postgres:
            let login = try need(credentials.postgres)
            return try PostgresDoor(address: address, login: login, authority: plan.authority)
        case .app: return AppDoor(http, base: address, token: try need(credentials.app).token)
        case .volume: return VolumeDoor(http, base: address, token: try need(credentials.app).token)
        case .git:
            let login = try need(credentials.git)
            return try GitDoor(url: address, login: login, authority: plan.authority)
        }
    }
}
