extension Child {
    /// Another process that holds a lock on a file, as another run would; it has it when this returns.
    static func holding(_ file: String) async throws -> Child {
        let child = try Child([
            "python3", "-c",
            """
            import fcntl, sys, time
            f = open(sys.argv[1], "a+")
            fcntl.flock(f, fcntl.LOCK_EX)
            print("held", flush=True)
            time.sleep(600)
            """, file,
        ])
        let said = await child.line()
        precondition(said == "held", "the helper that holds a lock said: \(said)")
        return child
    }
}
