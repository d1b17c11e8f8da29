"""guarded-plays.py FOLDER: every play of the playbooks in FOLDER begins with the guard against prod, and nothing weakens it.

What is wrong is printed, one line each, with exit status 1. Run it with the Python that Ansible is installed for.
"""

import sys
from pathlib import Path

from ansible.parsing.dataloader import DataLoader

GUARD = {"import_tasks": "tasks/guard.yml", "tags": "always"}
# What would let a play go on after the guard failed, or run it in another way than first and once.
WEAKENING = ("ignore_errors", "ignore_unreachable", "any_errors_fatal", "max_fail_percentage", "strategy")


def wrong_with_guard(tasks):
    """What is wrong with tasks/guard.yml itself."""
    if not isinstance(tasks, list) or len(tasks) != 1 or "refuse_prod" not in tasks[0] or not set(tasks[0]) <= {"name", "refuse_prod"}:
        yield "must be one task: a name and refuse_prod, with nothing that skips or forgives it"


def wrong_with_play(play):
    first = (play.get("pre_tasks") or [{}])[0]
    if {key: value for key, value in first.items() if key != "name"} != GUARD:
        yield "its first pre-task must be { import_tasks: tasks/guard.yml, tags: always }, and nothing more"
    # Facts are gathered before any pre-task: by then somebody has been connected to.
    if play.get("gather_facts") is not False:
        yield "must say `gather_facts: false`, since facts are gathered before the guard; use setup: in a task"
    for key in WEAKENING:
        if key in play:
            yield "may not say `%s`: it weakens the guard" % key


def complaints(folder):
    loader = DataLoader()
    for path in sorted(folder.glob("*.y*ml")):
        for number, play in enumerate(loader.load_from_file(str(path)) or [], 1):
            if not isinstance(play, dict) or not ({"hosts", "import_playbook", "ansible.builtin.import_playbook"} & set(play)):
                yield path, "entry %d" % number, "is no play and imports none"
            elif "hosts" in play:
                for wrong in wrong_with_play(play):
                    yield path, "play `%s`" % play.get("name", number), wrong
    guard = folder / "tasks" / "guard.yml"
    for wrong in wrong_with_guard(loader.load_from_file(str(guard)) if guard.exists() else None):
        yield guard, "the guard", wrong


found = list(complaints(Path(sys.argv[1])))
for path, what, wrong in found:
    print("%s: %s %s" % (path, what, wrong), file=sys.stderr)
sys.exit(1 if found else 0)
