"""A Git server over HTTPS on a loopback address: git-http-backend behind basic auth, with faults that a test names.

gits.py FOLDER: makes FOLDER/git/lab.git with one commit on main, prints its port once it listens. A fault is the
content of FOLDER/fault and holds for pushes:
  drop    takes the push, then closes without an answer
  slow    takes the push, then waits 30 s before it answers
  refuse  says 503 when asked for the branches
  lie     takes the push, answers, and takes it back
  lie once  the same, and is honest from then on
"""
import base64
import http.server
import os
import ssl
import subprocess
import sys
import time

folder = sys.argv[1]
bare = os.path.join(folder, "git", "lab.git")
wanted = "Basic " + base64.b64encode(b"ledger:g-pass").decode()
clean = {"PATH": "/usr/bin:/bin", "HOME": folder, "GIT_CONFIG_NOSYSTEM": "1"}


def git(*words):
    who = ["-c", "user.name=seed", "-c", "user.email=seed@lab.test"]
    return subprocess.run(["git", "-C", bare, *who, *words], env=clean, check=True, capture_output=True, text=True).stdout.strip()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *words):
        pass

    def body(self):
        if self.headers.get("Transfer-Encoding", "") != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length", 0)))
        parts = []
        while size := int(self.rfile.readline(), 16):
            parts.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(parts)

    def answer(self, status, headers, body):
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def serve(self):
        path, _, query = self.path.partition("?")
        body = self.body()
        if self.headers["Authorization"] != wanted:
            return self.answer(401, [("WWW-Authenticate", 'Basic realm="git"')], b"")
        with open(os.path.join(folder, "fault")) as file:
            fault = file.read().strip() if "git-receive-pack" in self.path else ""
        if fault == "refuse":
            return self.answer(503, [], b"")
        before = git("rev-parse", "main")
        variables = {
            "GIT_PROJECT_ROOT": os.path.join(folder, "git"), "GIT_HTTP_EXPORT_ALL": "1", "PATH_INFO": path.removeprefix("/git"),
            "QUERY_STRING": query, "REQUEST_METHOD": self.command, "REMOTE_USER": "ledger",
            "CONTENT_TYPE": self.headers.get("Content-Type", ""), "CONTENT_LENGTH": str(len(body)),
            "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
            "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
        }
        made = subprocess.run(["git", "http-backend"], input=body, env=clean | variables, capture_output=True).stdout
        head, _, rest = made.partition(b"\r\n\r\n")
        fields = [tuple(line.split(": ", 1)) for line in head.decode().split("\r\n")]
        status = int(dict(fields).get("Status", "200").split()[0])
        if self.command == "POST" and fault == "drop":
            self.close_connection = True
            return None
        if self.command == "POST" and fault == "slow":
            time.sleep(30)
        if self.command == "POST" and fault.startswith("lie"):
            git("update-ref", "refs/heads/main", before)
            if fault == "lie once" and git("rev-parse", "main") == before and status == 200:
                with open(os.path.join(folder, "fault"), "w") as file:
                    file.write("")
        return self.answer(status, [field for field in fields if field[0] != "Status"], rest)

    do_GET = do_POST = serve


open(os.path.join(folder, "fault"), "w").close()
os.makedirs(bare)
git("init", "--quiet", "--bare", "--initial-branch=main")
git("config", "http.receivepack", "true")
tree = git("hash-object", "-t", "tree", "-w", "/dev/null")
git("update-ref", "refs/heads/main", git("commit-tree", tree, "-m", "seed"))
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(os.path.join(folder, "ca.pem"), os.path.join(folder, "key.pem"))
server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
print(server.server_address[1], flush=True)
server.serve_forever()
