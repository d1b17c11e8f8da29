import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Ends process groups in the order that leaves nothing behind.
public enum ProcessLeader {
    /// Sends SIGKILL to a process that leads its group; one that entered a namespace takes its program with it.
    ///
    /// Behind `nsenter`, the program goes first: `nsenter` then reaps it and ends the same way. The other way
    /// round the program would be left to the host's first process, which may never reap it (many a container's
    /// does not), and a namespace cannot end before the last process in it is reaped.
    ///
    /// Use it on the pid of what was started from `Namespace.operatorCommand`, then wait for that pid.
    public static func kill(_ processID: Int32) {
        if let program = HostFiles.firstChild(of: processID), isEntrance(processID) {
            send(SIGKILL, to: program)
            // `nsenter` stops when its program is stopped, and reaps nothing until it goes on.
            send(SIGCONT, to: processID)
        } else {
            send(SIGKILL, to: -processID)
            // One that does not lead a group yet.
            send(SIGKILL, to: processID)
        }
    }

    static func send(_ signal: Int32, to target: Int32) {
        #if canImport(Glibc)
            _ = Glibc.kill(target, signal)
        #else
            _ = Darwin.kill(target, signal)
        #endif
    }

    private static func isEntrance(_ processID: Int32) -> Bool {
        HostFiles.program(of: processID) == "nsenter"
    }
}

/// The process group of one running command, for whoever cancels it.
final class RunningGroup: Sendable {
    private struct State {
        var leader: Int32?
        var doomed = false
    }

    private let state = Mutex(State())

    /// Notes the leader's pid; it is killed at once when that was asked for before it ran.
    func began(_ leader: Int32) {
        state.withLock { state in
            state.leader = leader
            if state.doomed { ProcessLeader.kill(leader) }
        }
    }

    /// Kills the leader, now or as soon as there is one.
    func kill() {
        state.withLock { state in
            state.doomed = true
            if let leader = state.leader { ProcessLeader.kill(leader) }
        }
    }

    /// Notes the leader's end; what it left in its group is killed too when it had been killed itself.
    ///
    /// The group's number is not given to others while anything is left in it.
    func ended() {
        state.withLock { state in
            if state.doomed, let leader = state.leader { ProcessLeader.send(SIGKILL, to: -leader) }
            state.leader = nil
        }
    }
}
