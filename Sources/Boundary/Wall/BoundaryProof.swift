/// What was tried at the wall of an open namespace, and what was seen: the proof that every run begins with.
///
/// A run whose proof does not hold must inject nothing.
public struct BoundaryProof: Sendable, Codable {
    /// One thing that was tried.
    public struct Check: Sendable, Codable, Hashable {
        /// From where and what, such as `operator: routes`.
        public var check: String
        /// Whether the wall held.
        public var ok: Bool
        /// What was seen, for a person to read.
        public var seen: String
        /// Wall-clock seconds of the probe that it was part of.
        public var seconds: Double
    }

    /// Every check, from every vantage.
    public var checks: [Check]
    /// Wall-clock seconds of the whole proof.
    public var seconds: Double

    /// Looks at the wall from inside the namespace, from the operator's root and from the harness.
    ///
    /// - Parameters:
    ///   - root: The operator's root, probed from within when given.
    ///   - prod: Whose addresses are tried.
    ///   - segment: The only network, besides loopback, that there may be a route to.
    /// - Throws: The error of a probe that could not be run: nothing is proven then.
    public static func prove(
        _ namespace: Namespace, operator root: OperatorRoot? = nil, prod: ProdAddresses = .lab,
        segment: String = "10.77.0.0/24"
    ) async throws -> BoundaryProof {
        let clock = ContinuousClock()
        let start = clock.now
        let rules = WallRules(segment: segment, hostAbstractSockets: WallRules.abstractSocketsOfHost())
        let probe = WallProbe.command(trying: prod)
        async let harness = harnessCheck()
        async let inside = namespace.run(probe, deadline: .seconds(20))
        async let outside = probeAsOperator(namespace, root, probe)
        var checks = try rules.judge(
            WallProbe.facts(try await inside), vantage: "sandbox", mounts: namespace.layout.mounts,
            variables: [])
        if let root, let result = try await outside {
            checks += try rules.judge(
                WallProbe.facts(result), vantage: "operator",
                mounts: root.mounts + [Mount(source: root.home, target: "/home/operator")],
                variables: root.environment.keys + ["USER", "LOGNAME", "PWD"])
        }
        checks.append(await harness)
        return BoundaryProof(checks: checks, seconds: (clock.now - start) / .seconds(1))
    }

    private static func probeAsOperator(
        _ namespace: Namespace, _ root: OperatorRoot?, _ probe: [String]
    ) async throws -> CommandResult? {
        guard let root else { return nil }
        return try await HostCommand.run(
            namespace.operatorCommand(root, probe), deadline: .seconds(20))
    }

    /// Takes the Unix socket away from a transfer and sees that the open-socket callback refuses the rest.
    ///
    /// 192.0.2.1 is nobody (RFC 5737), should the callback ever let it through.
    private static func harnessCheck() async -> Check {
        let result = await HTTPClient.withoutSocket("http://192.0.2.1/")
        let name = "harness: HTTP client opens Unix sockets only"
        switch result {
        case .success(let response):
            return Check(
                check: name, ok: false, seen: "an answer, \(response.status)", seconds: response.seconds)
        case .failure(let error):
            return Check(
                check: name, ok: error.rule == .unixSockets, seen: error.description, seconds: error.seconds)
        }
    }
}
