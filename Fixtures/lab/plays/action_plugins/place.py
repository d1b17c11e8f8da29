"""place: puts files on a machine, with one round trip when they are there already and two when not.

`copy` and `template` start Python on the machine up to three times a file, which an emulated CPU pays with
25 seconds; `stat`, `sha256sum` and `tar` cost it one. Owner, group, mode and content are compared, check mode
and --diff are honoured, and content (there are keys among it) is never shown.

    place:
      files:
        - { path: /etc/openbao.hcl, content: "...", owner: root, group: openbao, mode: "0640" }
"""

import hashlib
import io
import re
import shlex
import tarfile
import time

from ansible.errors import AnsibleActionFail
from ansible.plugins.action import ActionBase


class ActionModule(ActionBase):
    def run(self, tmp=None, task_vars=None):
        result = super().run(tmp, task_vars)
        files = [self._wanted(file) for file in self._task.args.get("files", [])]
        if not files:
            raise AnsibleActionFail("place: no files given")
        there = self._there([file["path"] for file in files])
        stale = [file for file in files if there.get(file["path"]) != file["looks"]]
        result["changed"] = bool(stale)
        result["paths"] = [file["path"] for file in stale]
        result["diff"] = [
            {"before": "%s: %s\n" % (file["path"], there.get(file["path"], "absent")),
             "after": "%s: %s\n" % (file["path"], file["looks"])} for file in stale]
        if stale and not self._task.check_mode:
            self._execute("tar -C / --extract --preserve-permissions --no-overwrite-dir", self._archive(stale))
        return result

    def _wanted(self, file):
        """The file with its defaults, and as `_there` would report it."""
        content = file["content"].encode()
        owner, group, mode = file.get("owner", "root"), file.get("group", "root"), int(file.get("mode", "0644"), 8)
        looks = "%s:%s %o %s" % (owner, group, mode, hashlib.sha256(content).hexdigest())
        return {"path": file["path"], "content": content, "owner": owner, "group": group, "mode": mode, "looks": looks}

    def _there(self, paths):
        """What the machine has at these paths: `owner:group mode sha256` by path, nothing for what is absent."""
        names = " ".join(shlex.quote(path) for path in paths)
        said = self._execute("{ stat -c '%%n %%U:%%G %%a' %s; sha256sum %s; } 2>/dev/null || :" % (names, names))
        # Only lines of these two shapes: sudo and ssh may say something of their own.
        stats = dict(re.findall(r"^(/\S+) (\S+:\S+ [0-7]+)\r?$", said, re.MULTILINE))
        sums = {path: digest for digest, path in re.findall(r"^([0-9a-f]{64})  (/\S+)\r?$", said, re.MULTILINE)}
        return {path: "%s %s" % (stats[path], sums[path]) for path in paths if path in stats and path in sums}

    def _archive(self, files):
        buffer = io.BytesIO()
        with tarfile.open(fileobj=buffer, mode="w", format=tarfile.GNU_FORMAT) as archive:
            for file in files:
                entry = tarfile.TarInfo(file["path"].lstrip("/"))
                entry.size, entry.mode = len(file["content"]), file["mode"]
                entry.mtime = int(time.time())
                entry.uname, entry.gname = file["owner"], file["group"]
                archive.addfile(entry, io.BytesIO(file["content"]))
        return buffer.getvalue()

    def _execute(self, command, data=None):
        done = self._low_level_execute_command(command, in_data=data)
        if done["rc"] != 0:
            raise AnsibleActionFail("place: `%s` exited %s: %s" % (command[:60], done["rc"], done["stderr"] or done["stdout"]))
        return done["stdout"]
