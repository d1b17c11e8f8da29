import Boundary
import Foundation
import Testing

/// The plays' guard, by really playing over inventories that must be refused and some that must not.
@Suite("The plays' guard") struct PlayGuardTests {
    static let good = "all: { hosts: { pi1: { ansible_host: 10.77.0.1 }, pi2: { ansible_host: 10.77.0.2 } } }"
    static let prod = "all: { hosts: { pi1: { ansible_host: 192.168.1.201 } } }"
    static let played = "it was played"

    /// A way by which a play could come to prod, and what the refusal says of it.
    struct Way: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var playing: Playing
        var finding: String

        init(_ name: String, _ playing: Playing, _ finding: String) {
            (testDescription, self.playing, self.finding) = (name, playing, finding)
        }
    }

    static let ways = [
        Way(
            "ansible_host", Playing(inventory: prod),
            "host pi1: ansible_host says `192.168.1.201`, prod's 192.168.1.201"),
        Way(
            "the host's name", Playing(inventory: "all: { hosts: { pi1: {}, 192.168.1.203: {} } }"),
            "host 192.168.1.203: `192.168.1.203`, prod's 192.168.1.203"),
        Way(
            "a name that resolves there",
            Playing(inventory: "all: { hosts: { pi1: { ansible_host: shop } } }"),
            "host pi1: `shop`, prod's 192.168.1.202"),
        Way(
            "a host's name that resolves there", Playing(inventory: "all: { hosts: { shop: {} } }"),
            "host shop: `shop`, prod's 192.168.1.202"),
        Way(
            "an address that a template puts together",
            Playing(
                inventory: "all: { vars: { n: 202 }, hosts: { pi1: { ansible_host: '192.168.1.{{ n }}' } } }"),
            "host pi1: ansible_host says `192.168.1.202`, prod's 192.168.1.202"),
        Way(
            "a range of hosts", Playing(inventory: "all: { hosts: { '192.168.1.[199:201]': {} } }"),
            "host 192.168.1.201: `192.168.1.201`, prod's"),
        Way(
            "a group's variable",
            Playing(inventory: "all: { vars: { api: 'https://192.168.1.202:8200/v1' }, hosts: { pi1: {} } }"),
            "host pi1: api says `192.168.1.202:8200`, prod's 192.168.1.202"),
        Way(
            "a jump host",
            Playing(inventory: "all: { hosts: { pi1: { ansible_ssh_common_args: -J pi@shop } } }"),
            "host pi1: ssh's proxyjump for it `shop`, prod's 192.168.1.202"),
        Way(
            "an alias in ssh's settings",
            Playing(
                inventory: """
                    all: { hosts: { pi1: { ansible_ssh_extra_args: "-F {{ playbook_dir }}/ssh_config" } } }
                    """, files: ["ssh_config": "Host pi1\n  HostName 192.168.1.203\n"]),
            "host pi1: ssh's hostname for it `192.168.1.203`, prod's"),
        Way(
            "the command line", Playing(inventory: good, options: ["-e", "ansible_host=192.168.1.201"]),
            "host pi1: ansible_host says `192.168.1.201`, prod's"),
        Way(
            "delegation to an address",
            Playing(
                inventory: good, tasks: "[{ debug: { msg: it was played }, delegate_to: 192.168.1.201 }]"),
            "task without a name, delegated: to `192.168.1.201`, prod's"),
        Way(
            "delegation to a name",
            Playing(
                inventory: good,
                tasks: "[{ block: [{ name: Copy, debug: { msg: it was played }, delegate_to: shop }] }]"),
            "task Copy, delegated: to `shop`, prod's 192.168.1.202"),
        Way(
            "delegation in a loop",
            Playing(
                inventory: good,
                tasks:
                    "[{ name: Each, debug: { msg: it was played }, delegate_to: '{{ item }}', loop: [pi1, shop] }]"
            ),
            "task Each, delegated: to `shop`, prod's 192.168.1.202"),
        Way(
            "delegation in a file that is included",
            Playing(
                inventory: good, tasks: "[{ include_tasks: tasks/more.yml }]",
                files: [
                    "tasks/more.yml": "[{ name: More, debug: { msg: it was played }, delegate_to: shop }]"
                ]),
            "task More, delegated: to `shop`, prod's 192.168.1.202"),
        Way(
            "delegation in a role",
            Playing(
                inventory: good, tasks: "[{ include_role: { name: shop } }]",
                files: [
                    "roles/shop/tasks/main.yml":
                        "[{ name: Deep, debug: { msg: it was played }, delegate_to: shop }]"
                ]),
            "task Deep, delegated: to `shop`, prod's 192.168.1.202"),
        Way(
            "what a task asks for",
            Playing(
                inventory: good,
                tasks: "[{ debug: { msg: it was played }, vars: { url: 'http://0xc0a801c9/' } }]"),
            "the play: `0xc0a801c9`, prod's 192.168.1.201"),
        Way(
            "play by check, tag and limit",
            Playing(
                inventory: "all: { hosts: { pi1: {}, pi2: { ansible_host: 192.168.1.202 } } }",
                tasks: "[{ debug: { msg: it was played }, tags: one }]",
                options: ["--check", "--tags", "one", "--limit", "pi1"]),
            "host pi2: ansible_host says `192.168.1.202`, prod's"),
    ]

    /// First without the guard, so that the refusal means something.
    @Test(arguments: ways) func refuses(_ way: Way) async throws {
        var open = way.playing
        open.isGuarded = false
        async let without = open.run(at: .sandbox)
        let (exit, said) = try await way.playing.run(at: .sandbox)
        #expect(try await without.exit == 0)
        #expect(try await without.said.contains(Self.played))
        #expect(exit != 0)
        #expect(!said.contains(Self.played))
        for words in [way.finding, "(rule: 192.168.1.201-203)", "Take the address out."] {
            #expect(said.contains(words), "\(said)")
        }
    }

    /// Spellings as ssh would take them; all in one inventory, each named in the refusal.
    @Test func knowsAnAddressByItsValue() async throws {
        let spellings = [
            "'192.168.1.201'", "3232235978", "'0xC0A801C9'", "'0300.0250.01.0311'", "192.168.459",
            "'192.0xa801ca'",
            "'0192.0168.001.0203'", "'::ffff:192.168.1.203'", "'64:ff9b::c0a8:1c9'", "'2002:c0a8:01ca::1'",
            "'[::FFFF:C0A8:1CB]'", "'192.168.1.201.'", "'１９２．１６８．１．２０１'", "'192。168。1。202'",
        ]
        let hosts = spellings.enumerated().map { "h\($0.offset): { ansible_host: \($0.element) }" }
        let (_, said) = try await Playing(inventory: "all: { hosts: { \(hosts.joined(separator: ", ")) } }")
            .run(at: .sandbox)
        for (number, spelling) in spellings.enumerated() {
            #expect(said.contains("host h\(number): ansible_host says"), "\(spelling)\n\(said)")
        }
    }

    @Test func refusesWhatCannotBeKnownBefore() async throws {
        let (_, said) = try await Playing(
            inventory: Self.good,
            tasks: """
                [{ name: Later, command: hostname, delegate_to: '{{ found.stdout }}' }, { include_tasks: '{{ some }}.yml' }]
                """
        ).run(at: .host)
        for words in [
            "task Later, delegated: to `{{ found.stdout }}`, which is not known before the play: name a host",
            "the play: it includes `{{ some }}.yml`, which is not known before the play",
            "say so: -e i_mean_prod=true.",
        ] { #expect(said.contains(words), "\(said)") }
    }

    @Test func knowsNetworksOfTheOperators() async throws {
        let guarding = ["prod-networks.txt": "# ours\n203.0.113.0/24 # the office\n\n2001:db8::/32\n"]
        for (address, rule) in [("::ffff:203.0.113.9", "203.0.113.0/24"), ("2001:db8::9", "2001:db8::/32")] {
            let (exit, said) = try await Playing(
                inventory: "all: { hosts: { pi1: { ansible_host: '\(address)' } } }", files: guarding
            ).run(at: .host)
            #expect(exit == 2)
            #expect(said.contains("host pi1: ansible_host says `\(address)`"), "\(said)")
            #expect(said.contains("(rule: \(rule))"), "\(said)")
        }
        let (exit, _) = try await Playing(inventory: Self.good, files: guarding).run(at: .host)
        #expect(exit == 0)
    }

    @Test(arguments: PlayPlace.allCases) func letsPlayWhatIsNotProd(_ place: PlayPlace) async throws {
        let (exit, said) = try await Playing(inventory: Self.good).run(at: place)
        #expect(exit == 0 && said.contains(Self.played), "\(said)")
    }

    @Test func letsPlayProdWhereTheCommandLineMeansIt() async throws {
        let (exit, said) = try await Playing(inventory: Self.prod, options: ["-e", "i_mean_prod=true"])
            .run(at: .host)
        #expect(exit == 0 && said.contains(Self.played), "\(said)")
    }

    /// What looks like a word that prod is meant and is none, by where it is said.
    static let slips: [(PlayPlace, String, [String], [String: String], String)] = [
        (.host, prod, [], [:], "if prod is what you mean"),
        (.host, prod, ["-e", "i_mean_prod=false"], [:], "if prod is what you mean"),
        (
            .host, prod + "\nother: { vars: { i_mean_prod: true }, hosts: { pi1: {} } }", [], [:],
            "what you mean"
        ),
        (
            .host, prod, [], ["i_mean_prod": "true", "ANSIBLE_I_MEAN_PROD": "true"],
            "if prod is what you mean"
        ),
    ]

    /// A sandbox is one whatever is said against it.
    static let sandboxes: [(PlayPlace, String, [String], [String: String], String)] = [
        (.sandbox, prod, ["-e", "i_mean_prod=true"], [:], "This is a sandbox (/etc/drill-sandbox is there)"),
        (
            .operator, prod, ["-e", "i_mean_prod=true"], [:],
            "This is a sandbox (/etc/drill-sandbox is there)"
        ),
        (
            .operator, prod + "\nother: { vars: { sandbox: false } }",
            ["-e", "i_mean_prod=true sandbox=false"], ["SANDBOX": "false", "sandbox": "false"],
            "This is a sandbox (/etc/drill-sandbox is there)"
        ),
        (
            .host, "all: { vars: { sandbox: true }, hosts: { pi1: { ansible_host: 192.168.1.201 } } }",
            ["-e", "i_mean_prod=true", "-e", "sandbox=false"], ["sandbox": "false"],
            "This is a sandbox (the inventory says so of all)"
        ),
    ]

    @Test(arguments: slips + sandboxes)
    func refusesProd(
        at place: PlayPlace, _ inventory: String, _ options: [String], _ variables: [String: String],
        _ words: String
    ) async throws {
        let (exit, said) = try await Playing(inventory: inventory, options: options, variables: variables)
            .run(at: place)
        #expect(exit == 2)
        #expect(!said.contains(Self.played))
        #expect(said.contains(words), "\(said)")
    }

    /// Every play of the lab with its real inventory, as far as the guard.
    @Test func letsTheLabsOwnPlaysThrough() async throws {
        try await withNamespace { _, folder in
            let safe = "\(folder)/safe"
            try FileManager.default.createDirectory(atPath: safe, withIntermediateDirectories: true)
            try #"{"root_token": "none"}"#.write(
                toFile: "\(safe)/shares.json", atomically: true, encoding: .utf8)
            let mounts = [
                Mount(source: Playing.lab, target: "/profile"), Mount(source: safe, target: "/safe"),
            ]
            let result = try await withNamespace(mounts: mounts) { namespace, _ in
                try await namespace.run(
                    [
                        "ansible-playbook", "-i", "/profile/inventory/sandbox/hosts.yml",
                        "/profile/plays/site.yml", "--tags", "the-guard-alone",
                    ], environment: ["ANSIBLE_CONFIG": "/profile/ansible.cfg"], deadline: .seconds(120))
            }
            #expect(result.succeeded, "\(result.text)\(result.errorText)")
            let guards = result.text.split(separator: "\n").filter { $0.hasPrefix("TASK [Abort on a prod") }
            let plays = result.text.split(separator: "\n").filter { $0.hasPrefix("PLAY [") }
            #expect(guards.count == plays.count && plays.count > 10)
        }
    }
}
