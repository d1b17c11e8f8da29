import Boundary
import wall_trial

extension Coupling {
    /// What lies about on the operator's host.
    static let ofFiles: [Coupling] = [
        file("the kubeconfig", "/root/.kube/config"),
        file("the Vault token's file", "/root/.vault-token"),
        Coupling("the SSH key", .step("ssh-keygen -l -f /root/.ssh/id_prod"), stoppedBy: .root),
        Coupling("the SSH configuration", .step("ssh -G -F /root/.ssh/config prod"), stoppedBy: .root),
        Coupling(
            "the SSH known hosts", .step("ssh-keygen -F 192.168.1.201 -f /root/.ssh/known_hosts"),
            stoppedBy: .root),
        file("the PostgreSQL passfile", "/root/.pgpass"),
        file("the Git credentials", "/root/.git-credentials"),
        file("the Git configuration", "/root/.gitconfig"),
        file("the Docker contexts", "/root/.docker/config.json"),
        file("the cloud credentials", "/root/.aws/credentials"),
        file("the Cloudflare certificate", "/root/.cloudflared/cert.pem"),
        file("the netrc", "/root/.netrc"),
        file("the host's certificate authorities", "/etc/ssl/certs/prod-ca.pem"),
        file("shared memory of the host", "/dev/shm/prod"),
        Coupling("Ansible's own inventory", .inside("cat /etc/ansible/hosts"), stoppedBy: .root),
        Coupling(
            "a symbolic link to the host's files",
            .step(#"ln -sfn /root/.vault-token ~/link && cat "$(readlink ~/link)""#), stoppedBy: .root),
        Coupling(
            "a Unix socket of the host's daemon", .step("socat -t 20 - UNIX-CONNECT:/run/docker.sock"),
            stoppedBy: .root),
    ]

    private static func file(_ name: String, _ path: String) -> Coupling {
        Coupling(name, .step("cat \(path)"), stoppedBy: .root)
    }
}
