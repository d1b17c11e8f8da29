import Boundary
import Foundation
import Testing

/// The host's programs work inside with a made `/etc`: what they miss shows here, not in the middle of a drill.
@Suite("Inside the wall") struct ToolsTests {
    static let tools = [
        ["ansible", "--version"], ["ssh", "-V"], ["openssl", "version"], ["qemu-img", "--version"],
        ["qemu-system-x86_64", "--version"], ["nbdkit", "--version"], ["socat", "-V"], ["awk", "BEGIN {}"],
        ["jq", "--version"], ["python3", "-c", "import ssl, yaml"],
        ["ssh-keygen", "-q", "-N", "", "-f", "key"],
        ["curl", "--version"], ["bash", "-c", "[ $(hostname) = operator ]"],
    ]

    @Test func theTrustedToolsRun() async throws {
        try await withNamespace { namespace, _ in
            for tool in Self.tools {
                let result = try await namespace.run(
                    ["sh", "-c", #"cd /tmp; exec "$@""#, "sh"] + tool, deadline: .seconds(30))
                #expect(result.succeeded, "\(tool): \(result.lastWords)")
            }
        }
    }

    @Test func theOperatorsToolsRun() async throws {
        try await withNamespace { namespace, folder in
            try FileManager.default.createDirectory(
                atPath: folder + "/home", withIntermediateDirectories: false)
            let root = OperatorRoot(home: folder + "/home")
            for tool in Self.tools {
                let result = try await HostCommand.run(
                    namespace.operatorCommand(root, tool), deadline: .seconds(30))
                #expect(result.succeeded, "\(tool): \(result.lastWords)")
            }
        }
    }

    @Test func theOperatorIsAPlainUserInHisHome() async throws {
        try await withNamespace(hosts: ["pi1": "10.77.0.1"]) { namespace, folder in
            try FileManager.default.createDirectory(
                atPath: folder + "/home", withIntermediateDirectories: false)
            let root = OperatorRoot(home: folder + "/home", environment: ["VAULT_ADDR": "https://pi1:8200"])
            let result = try await HostCommand.run(
                namespace.operatorCommand(
                    root,
                    [
                        "bash", "-c",
                        "id -un; pwd; getent hosts pi1; echo $VAULT_ADDR; touch x; touch /etc/x; ls /",
                    ]),
                deadline: .seconds(30))
            let lines = result.text.split(separator: "\n").map(String.init)
            #expect(lines.prefix(2) == ["operator", "/home/operator"])
            #expect(lines.dropFirst(2).first?.hasPrefix("10.77.0.1") == true)
            #expect(lines.dropFirst(3).first == "https://pi1:8200")
            #expect(FileManager.default.fileExists(atPath: folder + "/home/x"))
            #expect(result.errorText.contains("Read-only file system"))
            #expect(
                lines.dropFirst(4) == [
                    "bin", "dev", "etc", "home", "lib", "lib64", "proc", "run", "sbin", "tmp", "usr", "var",
                ])
        }
    }
}
