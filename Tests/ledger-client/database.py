"""A PostgreSQL of this host on a loopback address, with TLS and the ledger's table.

database.py FOLDER: makes a cluster below FOLDER, prints its port once it answers; ends with its standard input or SIGTERM.
Exits 77 when there is no PostgreSQL here. PostgreSQL does not run as root; then it runs as the user postgres.
"""
import glob
import os
import pwd
import shutil
import socket
import subprocess
import sys

folder = sys.argv[1]
found = sorted(glob.glob("/usr/lib/postgresql/*/bin"))
if not found:
    sys.exit(77)
tools, data = found[-1], os.path.join(folder, "data")
who = {}
if os.getuid() == 0:
    user = pwd.getpwnam("postgres")
    who = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    os.chmod(folder, 0o711)
os.mkdir(data, 0o700)


def own(path):
    if who:
        os.chown(path, who["user"], who["group"])


def run(*words, text=""):
    made = subprocess.run(words, input=text, text=True, capture_output=True, cwd="/", **who)
    if made.returncode:
        sys.exit(f"{words[0]}: {made.stdout} {made.stderr}")


own(data)
run(f"{tools}/initdb", "--no-sync", "--auth=trust", "--username=root", "--encoding=UTF8", "--pgdata", data)
for name in ("ca.pem", "key.pem"):
    shutil.copyfile(os.path.join(folder, name), os.path.join(data, name))
    os.chmod(os.path.join(data, name), 0o600)
    own(os.path.join(data, name))
with open(os.path.join(data, "pg_hba.conf"), "w") as file:
    file.write("local all all trust\nhostssl erp ledger 127.0.0.1/32 scram-sha-256\n")
sql = r"""
CREATE ROLE ledger LOGIN PASSWORD 'p''a\ss';
CREATE TABLE ledger(number bigint not null, content text not null, written timestamptz default now());
GRANT SELECT, INSERT ON ledger TO ledger;
"""
run(f"{tools}/postgres", "--single", "-D", data, "postgres", text="CREATE DATABASE erp;\n")
run(f"{tools}/postgres", "--single", "-j", "-D", data, "erp", text=sql.replace("\n", "\n\n"))
with socket.socket() as free:
    free.bind(("127.0.0.1", 0))
    port = free.getsockname()[1]
server = subprocess.Popen(
    [f"{tools}/postgres", "-D", data, "-p", str(port), "-c", "listen_addresses=127.0.0.1", "-c", "ssl=on",
     "-c", "ssl_cert_file=ca.pem", "-c", "ssl_key_file=key.pem", "-c", f"unix_socket_directories={data}"],
    stdout=open(os.path.join(folder, "postgres.log"), "w"), stderr=subprocess.STDOUT, cwd="/", **who)
while subprocess.run([f"{tools}/pg_isready", "-q", "-h", data, "-p", str(port)]).returncode:
    if server.poll() is not None:
        sys.exit("PostgreSQL ended at once; see postgres.log")
with open(os.path.join(folder, "postgres.pid"), "w") as file:
    file.write(str(server.pid))
print(port, flush=True)
server.wait()
