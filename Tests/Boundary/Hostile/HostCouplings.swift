import Boundary
import wall_trial

extension Coupling {
    /// What the kernel lets processes of one host share.
    static let ofTheHost: [Coupling] = [
        Coupling("an inherited descriptor", .step("cat <&7"), stoppedBy: .descriptors),
        Coupling(
            "the terminal of whoever started the run", .step("exec 8<>/dev/tty && echo this-is-prod"),
            stoppedBy: .terminal),
        Coupling(
            "the terminal of whoever started the run, for root inside",
            .inside("exec 8<>/dev/tty && echo this-is-prod"), stoppedBy: .terminal),
        Coupling(
            "the command line of a host's process",
            .step(#"pid=$(pgrep -f '[p]rod-agent' | head -n 1); cat "/proc/${pid:-none}/cmdline""#),
            stoppedBy: .processes),
        Coupling(
            "a signal to a host's process",
            .step(
                #"pid=$(pgrep -f '[p]rod-agent' | head -n 1); kill -0 "${pid:-999999}" && echo this-is-prod"#),
            stoppedBy: .processes),
        // The operator's bwrap, in the sandbox's user namespace, stays in the root from which it was started.
        Coupling(
            "a file of the host through the operator's processes, for root inside",
            .inside(
                """
                for pid in $(pgrep -x bwrap); do cat "/proc/$pid/root/root/.vault-token" && exit; done
                cat /proc/none/cmdline
                """), stoppedBy: .processes),
        Coupling(
            "a System V queue of the host",
            .step("ipcs -q | grep -q 0x70726f64 && echo this-is-prod || ipcs -q -i 0"), stoppedBy: .ipc),
        Coupling(
            "raw packets of the operator", .step(Tools.ping), stoppedBy: .privileges,
            behind: .rule(.network)),
    ]
}
