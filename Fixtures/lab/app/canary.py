#!/usr/bin/python3
"""The canary: a url-shortener with uploads, as the lab's apps are. Links are rows, uploads are files on the volume.

Its database password comes from Vault: an agent renders FILE anew whenever it leases another, and the app reads it
again when it changed or when the database refuses what it has. Nothing is acknowledged before it is on disks.
201 is done, 4xx and 503 are not done, 504 may have been done or not."""
import concurrent.futures
import hashlib
import hmac
import http.server
import json
import operator
import os
import pathlib
import re
import ssl
import threading
import urllib.parse
import psycopg2

FILE, UPLOADS, ETC = "/run/canary/database.json", "/srv/shared/uploads", "/etc/canary"
# Seconds for a statement, or for a file: longer than the volume holds its writers up when one of its machines dies.
STATEMENT, FILES = 4, 15
PAGE = 40
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,127}")
BEARER = b"Bearer " + pathlib.Path(ETC, "token").read_bytes().strip()


class Refused(Exception):
    def __init__(self, status, reason):
        self.status, self.reason = status, str(reason).strip()


class Database:
    """A few idle connections, all made with the credentials of now."""

    def __init__(self):
        self.lock, self.idle, self.rendering = threading.Lock(), [], None

    def connection(self):
        """An idle connection if the agent rendered nothing newer, else a new one; and the rendering it is from."""
        with open(FILE, encoding="utf-8") as file:
            stat, found = os.fstat(file.fileno()), json.load(file)
        rendering = (stat.st_ino, stat.st_mtime_ns)
        with self.lock:
            if rendering != self.rendering:
                self.idle, self.rendering = [], rendering
            if self.idle:
                return self.idle.pop(), rendering
        return psycopg2.connect(
            host=found["host"], dbname=found["database"], user=found["username"], password=found["password"],
            sslmode="verify-full", sslrootcert="/etc/ssl/lab-ca.pem", connect_timeout=5, application_name="canary",
            options="-c statement_timeout=%d" % (STATEMENT * 1000), tcp_user_timeout=STATEMENT * 1000,
            keepalives_idle=3, keepalives_interval=1, keepalives_count=2), rendering

    def run(self, statement, values=()):
        """One transaction, and its rows if it has any. What fails before its commit is tried once more, anew."""
        for last in (False, True):
            try:
                connection, rendering = self.connection()
                with connection.cursor() as cursor:
                    cursor.execute(statement, values)
                    rows = cursor.fetchall() if cursor.description else []
            except psycopg2.IntegrityError:
                raise Refused(409, "is there already") from None
            except (psycopg2.Error, OSError, ValueError, KeyError) as error:
                with self.lock:  # those that are idle died of the same
                    self.idle = []
                if last:
                    raise Refused(503, error) from None
                continue
            try:
                connection.commit()
            except psycopg2.Error as error:
                raise Refused(504, error) from None
            with self.lock:
                self.idle += [connection] if rendering == self.rendering and len(self.idle) < 4 else []
            return rows


def write(path, content):
    with open(path, "wb", buffering=0) as file:
        file.write(content)
        os.fsync(file.fileno())


def sync(path):
    handle = os.open(path, os.O_RDONLY)
    os.fsync(handle)
    os.close(handle)


class Volume:
    """Files that are whole or not there. A volume that hangs holds these threads, and no client for longer than FILES."""
    threads, naming = concurrent.futures.ThreadPoolExecutor(8), threading.Lock()

    def run(self, work, *values):
        future = self.threads.submit(work, *values)
        try:
            return future.result(FILES)
        except concurrent.futures.TimeoutError:
            raise Refused(503 if future.cancel() else 504, "no answer within %d s" % FILES) from None
        except OSError as error:
            raise Refused(503, error) from None

    def put(self, name, content):
        path, part = "%s/%s" % (UPLOADS, name), "%s/.%s.%s" % (UPLOADS, name, os.urandom(6).hex())
        write(part, content)
        with self.naming:
            if os.path.exists(path):
                os.unlink(part)
                raise Refused(409, "is there already")
            try:
                os.rename(part, path)
                sync(UPLOADS)
                # GlusterFS does nothing at a directory's sync; a file's makes each brick's journal keep its name too.
                sync(path)
            except OSError as error:
                raise Refused(504, error) from None

    def list(self, prefix, after):
        """At most PAGE files, the first after a name: however many there are, each answer comes in time."""
        names = sorted(name for name in os.listdir(UPLOADS) if name.startswith(prefix) and name[0] != "." and name > after)
        found = []
        for name in names[:PAGE]:
            content = pathlib.Path(UPLOADS, name).read_bytes()
            digest = hashlib.sha256(content).hexdigest()
            found.append({"name": name, "sha256": digest, "content": content.decode("utf-8", "replace")})
        return found

    def check(self):
        write("%s/.health-%s" % (UPLOADS, os.uname().nodename), os.urandom(8))


DATABASE, VOLUME = Database(), Volume()


def health():
    said = {}
    for part, check in (("database", (DATABASE.run, "SELECT 1")), ("volume", (VOLUME.run, VOLUME.check))):
        try:
            check[0](check[1])
            said[part] = "ok"
        except Refused as refused:
            said[part] = refused.reason
    return 200 if set(said.values()) == {"ok"} else 503, said


class Door(http.server.BaseHTTPRequestHandler):
    protocol_version, timeout = "HTTP/1.1", 30

    def setup(self):
        self.request.settimeout(self.timeout)
        self.request.do_handshake()  # in the connection's own thread: one slow client holds up nobody
        super().setup()

    log_message = lambda *_: None  # a line for each request would be most of what the guest writes

    def handle_any(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        url = urllib.parse.urlsplit(self.path)
        try:
            status, said = self.act(url.path, dict(urllib.parse.parse_qsl(url.query)), body)
        except Refused as refused:
            status, said = refused.status, {"error": refused.reason}
        said = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    do_GET = do_POST = do_PUT = handle_any

    def act(self, path, query, body):
        prefix = query.get("prefix", "")
        asked = self.command + " " + path
        if asked == "GET /healthz":
            return health()
        if not hmac.compare_digest(self.headers.get("Authorization", "").encode(), BEARER):
            raise Refused(401, "the token is missing or wrong")
        if asked == "POST /links":
            try:
                row = operator.itemgetter("slug", "target")(json.loads(body))
            except (ValueError, KeyError, TypeError):
                raise Refused(400, "a link has a slug and a target") from None
            DATABASE.run("INSERT INTO links (slug, target) VALUES (%s, %s)", row)
            return 201, {"slug": row[0]}
        if asked == "GET /links":
            rows = DATABASE.run("SELECT slug, target FROM links WHERE starts_with(slug, %s) ORDER BY slug", (prefix,))
            return 200, [{"slug": slug, "target": target} for slug, target in rows]
        if asked == "GET /uploads":
            return 200, VOLUME.run(VOLUME.list, prefix, query.get("after", ""))
        if asked.startswith("PUT /uploads/") and NAME.fullmatch(path[9:]):
            VOLUME.run(VOLUME.put, path[9:], body)
            return 201, {"name": path[9:]}
        raise Refused(404, "no such thing here")


tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
tls.load_cert_chain(ETC + "/tls.pem")
server = http.server.ThreadingHTTPServer(("0.0.0.0", 8443), Door)
server.handle_error = lambda *_: None  # a client that hung up, or spoke no TLS
server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
server.serve_forever()
