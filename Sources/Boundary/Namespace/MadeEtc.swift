/// The `/etc` inside: made files, so that nothing of the host's accounts, names or resolvers is seen.
struct MadeEtc {
    /// The host's folder that holds the files.
    var folder: String

    init(folder: String, hosts: [String: String]) throws {
        self.folder = folder
        try HostFiles.makePrivateFolder(folder)
        let names = hosts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)\n" }.joined()
        let files = [
            "passwd": """
            root:x:0:0:root:/tmp:/bin/bash
            operator:x:1000:1000:operator:/home/operator:/bin/bash
            nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin

            """,
            "group": "root:x:0:\noperator:x:1000:\nnogroup:x:65534:\n",
            "hosts": "127.0.0.1 localhost\n::1 localhost\n" + names,
            // Files only: a name that is not listed here has no address, and no resolver is ever asked.
            "nsswitch.conf": "passwd: files\ngroup: files\nshadow: files\nhosts: files\nservices: files\n",
            // What the plays' guard knows a sandbox by (refuse_prod.py): no variable can take a mount away.
            "drill-sandbox":
                "This is inside a drill's sandbox. Nothing here may touch prod, whatever is meant.\n",
        ]
        for (name, text) in files { try HostFiles.write(text, to: folder + "/" + name) }
    }

    private static let accounts = ["passwd", "group", "drill-sandbox"]
    private static let names = ["hosts", "nsswitch.conf"]
    /// Of the host, only what its programs are linked through.
    private static let lent = ["/etc/alternatives", "/etc/ld.so.cache", "/etc/ssl/openssl.cnf"]

    /// Every path that these arguments mount.
    static let targets = (accounts + names).map { "/etc/" + $0 } + lent

    /// bwrap's arguments that show the files.
    func arguments(_ wall: Wall) -> [String] {
        func show(_ names: [String], of folder: String, by bind: String = "--ro-bind") -> [String] {
            names.flatMap { [bind, "\(folder)/\($0)", "/etc/\($0)"] }
        }
        return show(Self.accounts, of: folder)
            + wall.with(
                .names, show(Self.names, of: folder),
                else: show(Self.names + ["resolv.conf"], of: "/etc", by: "--ro-bind-try"))
            + Self.lent.flatMap { ["--ro-bind-try", $0, $0] }
    }
}
