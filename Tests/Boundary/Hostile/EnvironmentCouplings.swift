import Boundary
import wall_trial

extension Coupling {
    /// What rides in on variables.
    static let ofTheEnvironment: [Coupling] = [
        variable("VAULT_ADDR", Tools.get + #""${VAULT_ADDR:?}/v1/sys/health""#, behind: .rule(.network)),
        variable("VAULT_TOKEN"),
        variable("KUBECONFIG", #"cat "${KUBECONFIG:?}""#, behind: .rule(.root)),
        variable("SSH_AUTH_SOCK", #": "${SSH_AUTH_SOCK:?}"; ssh-add -l"#, behind: .rule(.root)),
        variable("PGHOST", #": "${PGHOST:?}"; "# + Tools.postgres(""), behind: .rule(.network)),
        variable("PGSERVICEFILE", #"cat "${PGSERVICEFILE:?}""#, behind: .rule(.root)),
        variable("http_proxy", #"curl -sS -m 20 -x "${http_proxy:?}" http://shop/"#, behind: .rule(.network)),
        variable("GIT_CONFIG_COUNT", #": "${GIT_CONFIG_COUNT:?}"; git config credential.helper"#),
        variable("GIT_SSH_COMMAND", #": "${GIT_SSH_COMMAND:?}"; git ls-remote ssh://git@shop/lab.git"#),
        variable("CLOUDFLARE_API_TOKEN"),
        variable("ZOHO_REFRESH_TOKEN"),
        variable("AWS_SECRET_ACCESS_KEY"),
        variable("ARGOCD_AUTH_TOKEN"),
        variable(
            "DOCKER_HOST",
            #": "${DOCKER_HOST:?}"; "# + Tools.get + #""http://${DOCKER_HOST#tcp://}/version""#,
            behind: .rule(.network)),
        Coupling(
            "ANSIBLE_INVENTORY in a play",
            .inside(
                #"cat "${ANSIBLE_INVENTORY:?}" && env -u ANSIBLE_VAULT_PASSWORD_FILE ansible-inventory --list"#
            ),
            stoppedBy: .environment, behind: .rule(.root)),
        Coupling(
            "ANSIBLE_VAULT_PASSWORD_FILE in a play", .inside(#"cat "${ANSIBLE_VAULT_PASSWORD_FILE:?}""#),
            stoppedBy: .environment, behind: .rule(.root)),
    ]

    /// A variable of the operator's, in a step; without a script it is a secret itself.
    private static func variable(
        _ name: String, _ script: String? = nil, behind: Behind = .prod
    ) -> Coupling {
        Coupling(
            name, .step(script ?? "echo \"${\(name):?}\""), stoppedBy: .environment, behind: behind)
    }
}
