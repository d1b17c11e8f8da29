import Boundary
import Testing
import wall_trial

/// One way by which a sandbox could have reached prod, and the control that stops it: a row of the hostile suite.
struct Coupling: CustomTestStringConvertible, Sendable {
    /// What an attempt comes to where its control is left out.
    enum Behind: Sendable, Equatable {
        /// Prod: nothing else stops it.
        case prod
        /// Another rule stops it still.
        case rule(WallRule)
        /// It ends at a server of the sandbox.
        case sandbox
    }

    /// Its name in docs/isolation-boundary.md.
    let name: String
    /// The control that stops it.
    let rule: WallRule
    /// What is behind that control.
    let behind: Behind
    let means: Attempt.Means

    var testDescription: String { name }

    init(_ name: String, _ means: Attempt.Means, stoppedBy rule: WallRule, behind: Behind = .prod) {
        self.name = name
        self.rule = rule
        self.behind = behind
        self.means = means
    }

    /// Every row there is.
    static let all = ofTheNetwork + ofTheEnvironment + ofFiles + ofTheHost + ofTheHarness
}

/// The programs that rows share, for shell scripts.
enum Tools {
    /// A plain request, whatever proxies the environment names.
    static let get = "curl -sS -m 20 --noproxy '*' "

    /// A program of Python's.
    static func python(_ program: String) -> String { "/usr/bin/python3 -I -c '\(program)'" }

    /// What comes back for a datagram, from whomever.
    static func datagram(to address: String, _ port: Int, saying text: String) -> String {
        python(
            """
            import socket
            s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.settimeout(20)
            s.sendto(b"\(text)", ("\(address)", \(port))); print(s.recv(99))
            """)
    }

    /// What libpq says to a server, from these parameters and its variables.
    static func postgres(_ parameters: String) -> String {
        python(
            """
            from ctypes import *
            pq = CDLL("libpq.so.5"); pq.PQconnectdb.restype = c_void_p; pq.PQerrorMessage.restype = c_char_p
            print(pq.PQerrorMessage(c_void_p(pq.PQconnectdb(b"connect_timeout=20 sslmode=disable \(parameters)"))).decode())
            """)
    }

    /// An echo request over a raw socket, which prod answers.
    static let ping = python(
        """
        import socket, struct
        s = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP); s.settimeout(20)
        s.sendto(struct.pack("!BBHI", 8, 0, 0xF7FF, 0), ("192.168.1.201", 0))
        print("this-is-prod" if s.recv(99) else "")
        """)
}
