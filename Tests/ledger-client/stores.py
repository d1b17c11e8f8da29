"""The front doors of Vault and the canary app on a loopback address, with faults that a test names.

stores.py FOLDER: prints its port once it listens. HTTPS with FOLDER/ca.pem and key.pem, all in memory. A fault is the content of FOLDER/fault:
  lie     acknowledges without writing
  drop    writes, then closes without an answer
  slow    waits 30 s before it answers, having written
  sealed  says 503 "Vault is sealed" and writes nothing
  error   says 500 and writes all the same
  twice   writes twice (app, and Vault as a second version)
  spoil   writes another content
"""
import hashlib
import http.server
import json
import os
import ssl
import sys
import time
import urllib.parse

folder = sys.argv[1]
secrets, versions, links, uploads = {}, {}, [], {}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *words):
        pass

    def answer(self, status, value=None):
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def fault(self):
        try:
            with open(os.path.join(folder, "fault")) as file:
                return file.read().strip()
        except FileNotFoundError:
            return ""

    def keep(self, store, status, name, content):
        fault = self.fault()
        if fault == "sealed":
            return self.answer(503, {"errors": ["Vault is sealed"]})
        if fault == "spoil":
            content = "spoilt " + content
        if fault != "lie":
            if store is links:
                links.extend([(name, content)] * (2 if fault == "twice" else 1))
            else:
                store[name] = content
                versions[name] = versions.get(name, 0) + (2 if fault == "twice" else 1)
        if fault == "drop":
            self.close_connection = True
            return None
        if fault == "slow":
            time.sleep(30)
        return self.answer(500 if fault == "error" else status, {})

    def allowed(self):
        vault = self.path.startswith("/v1/") and self.headers["X-Vault-Token"] == "v-token"
        if vault or self.headers["Authorization"] == "Bearer a-token":
            return True
        self.answer(403, {"errors": ["permission denied"]})
        return False

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if not self.allowed():
            return None
        path = self.path
        if path.startswith("/v1/secret/data/"):
            name = path.removeprefix("/v1/secret/data/")
            return self.keep(secrets, 200, name, json.loads(body)["data"]["value"])
        if path == "/links":
            link = json.loads(body)
            return self.keep(links, 201, link["slug"], link["target"])
        return self.keep(uploads, 201, path.removeprefix("/uploads/"), body.decode())

    do_PUT = do_POST

    def do_GET(self):
        if not self.allowed():
            return None
        path, _, query = self.path.partition("?")
        if path == "/v1/sys/leader":
            return self.answer(200, {"ha_enabled": True, "is_self": self.fault() != "leaderless"})
        if path.startswith("/v1/secret/metadata/"):
            prefix = path.removeprefix("/v1/secret/metadata/") + "/"
            keys = [name.removeprefix(prefix) for name in secrets if name.startswith(prefix)]
            return self.answer(200 if keys else 404, {"data": {"keys": keys}})
        if path.startswith("/v1/secret/data/"):
            name = path.removeprefix("/v1/secret/data/")
            return self.answer(
                200, {"data": {"data": {"value": secrets[name]}, "metadata": {"version": versions[name]}}})
        if path == "/links":
            return self.answer(200, [{"slug": slug, "target": target} for slug, target in links])
        # Two a page, as the app has forty.
        after = dict(urllib.parse.parse_qsl(query)).get("after", "")
        return self.answer(200, [
            {"name": name, "content": content, "sha256": hashlib.sha256(content.encode()).hexdigest()}
            for name, content in sorted(uploads.items()) if name > after
        ][:2])


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(os.path.join(folder, "ca.pem"), os.path.join(folder, "key.pem"))
server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
print(server.server_address[1], flush=True)
server.serve_forever()
