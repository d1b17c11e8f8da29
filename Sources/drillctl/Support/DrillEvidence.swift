import DrillKit
import Evidence
import Foundation

extension EvidenceStore {
    /// Where drills leave their evidence: the folder that DRILL_EVIDENCE names, or `evidence` in the checkout.
    static var ofDrills: EvidenceStore {
        let named = ProcessInfo.processInfo.environment["DRILL_EVIDENCE"] ?? ""
        guard named.isEmpty, let checkout = try? Checkout() else { return .standard() }
        return EvidenceStore(root: URL(filePath: "\(checkout.path)/evidence"))
    }
}
