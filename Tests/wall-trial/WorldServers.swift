extension World {
    /// The servers of prod and of the operator's host; all that they ever say is who they are.
    static let python = #"""
        import ctypes, os, socket, struct, sys, threading
        WHO = b"this-is-prod"
        def thread(body, *args): threading.Thread(target=body, args=args, daemon=True).start()
        def http(body, *fields):
            head = ["HTTP/1.1 " + ("302 Found" if fields else "200 OK"), "Connection: close", *fields]
            return "\r\n".join(head + ["Content-Length: %d" % len(body), "", ""]).encode() + body
        SENT_ON = http(b"", "Location: http://192.168.1.201/")
        def serve(listener, answer, asks=True):
            def one(connection):
                with connection:
                    connection.settimeout(5)
                    try:
                        asked = connection.recv(65536) if asks else b""
                        connection.sendall(answer(asked) if callable(answer) else answer)
                        connection.shutdown(socket.SHUT_WR)
                        while connection.recv(65536): pass
                    except OSError: pass
            def loop():
                while True: thread(one, listener.accept()[0])
            thread(loop)
        def tcp(port, answer, asks=True):
            listener = socket.create_server(("::", port), family=socket.AF_INET6, dualstack_ipv6=True)
            serve(listener, answer, asks)
        def unix(path, answer, asks=True):
            listener = socket.socket(socket.AF_UNIX); listener.bind(path); listener.listen(64)
            serve(listener, answer, asks)
        def web(asked): return SENT_ON if b" /redirect " in asked else http(WHO)
        def postgres(asked):
            told = b"SFATAL\0C28000\0M" + WHO + b"\0\0"
            return b"E" + struct.pack("!I", len(told) + 4) + told
        def datagrams(port, answer, group=None):
            s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.bind(("", port))
            if group:
                place = socket.inet_aton(group) + socket.inet_aton("192.168.1.201")
                s.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, place)
            def loop():
                while True:
                    asked, peer = s.recvfrom(2048); s.sendto(answer(asked), peer)
            thread(loop)
        def names(asked):
            end = asked.index(b"\0", 12) + 5
            kind = asked[end - 4:end - 2]
            found = b"\xc0\x0c\0\1\0\1\0\0\0\1\0\4" + socket.inet_aton("192.168.1.202") if kind == b"\0\1" else b""
            return asked[:2] + b"\x81\x80\0\1\0" + bytes([bool(found)]) + b"\0\0\0\0" + asked[12:end] + found
        if sys.argv[1] == "prod":
            for port in (80, 2375, 3128, 8200): tcp(port, web)
            tcp(22, b"SSH-2.0-" + WHO + b"\r\n", asks=False)
            tcp(2628, b"220 " + WHO + b"\r\n", asks=False)
            tcp(5432, postgres)
            tcp(9418, b"%04x" % (len(WHO) + 8) + b"ERR " + WHO)
            datagrams(53, lambda asked: names(asked) if asked[2:3] == b"\1" else WHO)
            datagrams(5353, lambda asked: WHO, group="224.0.0.251")
        else:
            unix("/run/docker.sock", http(WHO), asks=False)
            unix("\0prod-agent", WHO, asks=False)
            unix("/run/forward.sock", lambda asked: web(asked) if b"/redirect" in asked else http(b"this-is-the-sandbox"))
            libc = ctypes.CDLL(None)
            assert libc.msgget(0x70726F64, 0o1666) >= 0
            open("/run/host.ready", "w").close()
        threading.Event().wait()
        """#
}
