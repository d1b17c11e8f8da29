extension RecoveryMap.Row {
    /// The SHA-256 of the columns that people edit, in lower-case hex: what the drills write back does not change it.
    ///
    /// It is that of `column: value` lines in the map's order, lists as the map separates them.
    public var sha256: String {
        """
        profile: \(profile)
        section: \(section)
        drill: \(drill)
        cases: \(cases.joined(separator: "; "))
        change classes: \(changeClasses.map(\.rawValue).joined(separator: ", "))
        recovery budget: \(recoveryBudget.text)
        loss budget: \(lossBudget.text)

        """.sha256
    }
}
