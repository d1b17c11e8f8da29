"""refuse_prod: aborts before a play can reach prod by any address or name that it was given.

It looks at each host of the inventory with all its variables, at the hosts that tasks are delegated to, at the text of the
play with the files that it includes and the variables that it sets, and at what names stand for here, to the resolver and in
ssh's own settings. Addresses are compared by value, in whatever spelling: parts, integers, hexadecimal, octal, and IPv6 that
carries IPv4. What cannot be known before the play is refused too. It runs once a play and connects to nothing.

    refuse_prod: {}                                  # prod is 192.168.1.201-203
    refuse_prod: { networks: [203.0.113.0/24] }      # and this

`-e i_mean_prod=true` lifts it, on the command line alone: an inventory that says so would say it for ever. In a sandbox
nothing lifts it. A sandbox is known by a file that its wall mounts, and by `sandbox: true` in the inventory file: no -e and
no variable of the environment takes either back, and one is enough. Whoever types `--skip-tags always` or `--start-at-task`
leaves pre-tasks out, this one too; in a sandbox there is still no route to prod then.
"""

import ipaddress
import os
import re
import shlex
import socket
import subprocess
import unicodedata
from glob import glob
from urllib.parse import unquote

from ansible import constants as C
from ansible.errors import AnsibleError
from ansible.module_utils.parsing.convert_bool import boolean
from ansible.plugins.action import ActionBase
from ansible.plugins.loader import connection_loader
from ansible.utils.vars import load_extra_vars

PROD = list(ipaddress.summarize_address_range(ipaddress.ip_address("192.168.1.201"), ipaddress.ip_address("192.168.1.203")))
# Mounted by the wall (MadeEtc.swift), read-only, in every root of a sandbox.
MARK = "/etc/drill-sandbox"
# What Ansible itself puts among the variables; hosts' names are looked at as such.
MAGIC = {"vars", "groups", "play_hosts", "ansible_play_hosts", "ansible_play_hosts_all", "ansible_play_batch",
         "ansible_current_hosts", "ansible_failed_hosts"}
# IPv6 that ends in an IPv4 address: mapped, compatible, translated, NAT64.
CARRIERS = [ipaddress.ip_network(net) for net in
            ("::ffff:0:0/96", "::/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48")]


def values(address):
    """The address, and the IPv4 address that it carries."""
    yield address
    if address.version == 6:
        if address.sixtofour:
            yield address.sixtofour
        if any(address in net for net in CARRIERS):
            yield ipaddress.ip_address(int(address) & 0xFFFFFFFF)


def spelled(text):
    """What a text may spell as an address: (word, address) for each that it holds."""
    plain = unicodedata.normalize("NFKC", unquote(text)).replace("\u3002", ".")
    for word in re.findall(r"[0-9A-Za-z:.]+", plain):
        # A zero at the front means octal to C and nothing to others; an IPv6 address may have a port behind it.
        parts = [part.rstrip(".") for part in word.split(":")]
        for form in parts + [re.sub(r"(^|\.)0+(?=\d)", r"\1", part) for part in parts]:
            try:
                yield word, ipaddress.ip_address(socket.inet_aton(form))
            except (OSError, ValueError):
                pass
        for form in {word, word.rpartition(":")[0]} if "::" in word or word.count(":") > 1 else ():
            try:
                yield word, ipaddress.ip_address(form)
            except ValueError:
                pass


def strings(value):
    """Every string within a value, keys included."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from strings(key)
            yield from strings(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from strings(inner)
    elif isinstance(value, (str, int)):
        yield str(value)


class ActionModule(ActionBase):
    BYPASS_HOST_LOOP = True
    TRANSFERS_FILES = False
    _VALID_ARGS = frozenset(["networks"])

    def run(self, tmp=None, task_vars=None):
        result = super().run(tmp, task_vars)
        # The file that names networks to this task is not looked into.
        self.vars, self.findings, self.seen = task_vars, {}, {self._task.get_path().rpartition(":")[0]}
        self.prod = PROD + [ipaddress.ip_network(net) for net in self._task.args.get("networks") or []]
        for host in task_vars["groups"]["all"]:
            self._look_at_host(host)
        # Those of the inventory were looked at with their host.
        known = {"hostvars", *MAGIC, *self.vars["hostvars"][task_vars["inventory_hostname"]]}
        self._look_at("the play's variables", {key: task_vars[key] for key in task_vars if key not in known})
        self._read(self._play().get_ds(), "the play", self._loader.get_basedir())
        sandbox = self._sandbox()
        meant = boolean(load_extra_vars(self._loader).get("i_mean_prod", False), strict=False)
        found = "; ".join(list(self.findings.values())[:20])
        if not found:
            result["msg"] = "no address of prod"
        elif meant and not sandbox:
            result["msg"] = "i_mean_prod: " + found
        else:
            result.update(failed=True, msg="Nothing was played. %s. %s" % (found, (
                "This is a sandbox (%s): i_mean_prod does not count here. Take the address out." % sandbox if sandbox else
                "Play the sandbox's inventory, or, if prod is what you mean, say so: -e i_mean_prod=true.")))
        return result

    def _sandbox(self):
        """How it is known that this is a sandbox; None elsewhere."""
        if os.path.lexists(MARK):
            return MARK + " is there"
        for host in self.vars["hostvars"]._inventory.get_hosts(ignore_limits=True, ignore_restrictions=True):
            for owner in [host] + host.get_groups():
                # As the inventory's file says it: variables of the command line are not among these.
                if boolean(owner.get_vars().get("sandbox", False), strict=False):
                    return "the inventory says so of %s" % owner.name
        return None

    def _play(self):
        parent = self._task._parent
        while getattr(parent, "_play", None) is None:
            parent = parent._parent
        return parent._play

    def _judge(self, who, how, address):
        """Notes an address when it is prod's, once for each `who`."""
        for value in values(address):
            for net in (net for net in self.prod if net.version == value.version and value in net):
                rule = "192.168.1.201-203" if net in PROD else net
                self.findings.setdefault((who, value), "%s: %s, prod's %s (rule: %s)" % (who, how, value, rule))

    def _refuse(self, who, why):
        self.findings.setdefault((who, why), "%s: %s" % (who, why))

    def _look_at(self, who, value, where=""):
        """Addresses that stand in a value, in any spelling."""
        for text in strings(value):
            for word, address in spelled(text):
                self._judge(who, "%s`%s`" % (where, word), address)

    def _resolve(self, who, name, where=""):
        """What a name stands for here; one that stands for nothing leads nowhere."""
        try:
            found = {info[4][0] for info in socket.getaddrinfo(name, None)}
        except (OSError, UnicodeError):
            return
        for address in found:
            self._judge(who, "%s`%s`" % (where, name), ipaddress.ip_address(address.partition("%")[0]))

    def _look_at_host(self, name):
        variables, hostvars = {}, self.vars["hostvars"][name]
        for key in hostvars:
            try:
                variables[key] = hostvars[key]
            except AnsibleError:
                # What cannot be worked out (a lookup of what is not there yet) is looked at as it is written.
                variables[key] = hostvars._vars[key]
        who = "host %s" % name
        self._look_at(who, name)
        for key, value in variables.items():
            if key not in MAGIC:
                self._look_at(who, value, "%s says " % key)
        target = str(variables.get("ansible_host") or variables.get("ansible_ssh_host") or name)
        self._resolve(who, target)
        self._look_at_ssh(who, target, variables)

    def _look_at_ssh(self, who, target, variables):
        """What ssh makes of the name: its aliases, and the hosts that it goes through."""
        def option(key):
            return C.config.get_config_value(key, plugin_type="connection", plugin_name="ssh", variables=variables) or ""

        connection_loader.get("ssh", class_only=True)
        arguments = [word for key in ("ssh_args", "ssh_common_args", "ssh_extra_args") for word in shlex.split(option(key))]
        try:
            said = subprocess.run([option("ssh_executable"), "-G", *arguments, "--", target], stdin=subprocess.DEVNULL,
                                  capture_output=True, text=True, timeout=20).stdout
        except FileNotFoundError:
            return
        for key, value in re.findall(r"^(hostname|proxyjump|proxycommand) (.+)$", said, re.MULTILINE):
            where = "ssh's %s for it " % key
            self._look_at(who, value, where)
            for host in re.findall(r"[^\s,@\[\]]+", value):
                self._resolve(who, host if key == "hostname" else host.partition(":")[0], where)

    def _read(self, node, who, folder):
        """The text of a play or of a file: addresses in it, hosts that it delegates to, and the files that it includes."""
        self._look_at(who, node)
        self._walk(node, who, folder)

    def _walk(self, node, who, folder):
        for item in node if isinstance(node, list) else [node]:
            if not isinstance(item, dict):
                continue
            if "delegate_to" in item:
                self._look_at_delegation(item)
            for key, value in item.items():
                kind = key.rpartition(".")[2]
                if kind in ("import_tasks", "include_tasks", "include"):
                    self._read_file(value.get("file") if isinstance(value, dict) else value, who, folder)
                elif kind in ("import_role", "include_role"):
                    self._read_role(value, who)
                elif key in ("roles", "dependencies"):
                    for role in value or []:
                        self._read_role(role, who)
                else:
                    self._walk(value, who, folder)

    def _read_file(self, name, who, folder):
        for path in (os.path.normpath(os.path.join(above, name)) for above in (folder, self._loader.get_basedir())):
            if os.path.exists(path):
                if path not in self.seen:
                    self.seen.add(path)
                    self._read(self._loader.load_from_file(path), os.path.relpath(path, self._loader.get_basedir()),
                               os.path.dirname(path))
                return
        self._refuse(who, "it includes `%s`, which is not known before the play: include a file by its plain path" % name)

    def _read_role(self, role, who):
        name = role if isinstance(role, str) else role.get("role") or role.get("name")
        for folder in [os.path.join(self._loader.get_basedir(), "roles"), *C.DEFAULT_ROLES_PATH]:
            if os.path.isdir(os.path.join(folder, name)):
                for part in ("tasks", "handlers", "vars", "defaults", "meta"):
                    for file in sorted(glob(os.path.join(folder, name, part, "*.y*ml"))):
                        self._read_file(file, who, folder)
                return
        self._refuse(who, "its role `%s` is not found before the play: use one that lies in roles/" % name)

    def _look_at_delegation(self, task):
        who = "task %s, delegated" % task.get("name", "without a name")
        loop = next((task[key] for key in ("loop", "with_items") if key in task), None)
        item = (task.get("loop_control") or {}).get("loop_var", "item")
        try:
            for value in [None] if loop is None else self._templar.template(loop):
                with self._templar.set_temporary_context(available_variables=dict(self.vars, **{item: value})):
                    host = str(self._templar.template(task["delegate_to"]))
                self._look_at(who, host, "to ")
                if host not in self.vars["groups"]["all"]:
                    self._resolve(who, host, "to ")
        except AnsibleError:
            self._refuse(who, "to `%s`, which is not known before the play: name a host of the inventory"
                         % task["delegate_to"])
