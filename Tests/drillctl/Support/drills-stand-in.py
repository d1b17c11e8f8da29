#!/usr/bin/env python3
"""Stands in for Scripts/drill.sh: leaves a run with verdicts as drills would, and no lab.

`play.json` beside the evidence names at most one case, or `restoring` for the time before the first, and what happens
there: `fail`, `badly` (all pass, but the drills end with 3), `skip` (it is not begun), `edit` (the runbook changes),
`SIGINT` or `SIGTERM` (it sends the game day that signal and waits to be told to end), `twice` (it does so and then again,
and lives on), `crash` (it kills the game day and lives on until the file `let-go` is there).
"""
import datetime, json, os, pathlib, signal, sys, time

store = pathlib.Path(os.environ["DRILL_EVIDENCE"])
play = json.loads((store.parent / "play.json").read_text()) if (store.parent / "play.json").exists() else {}
drill, profile = os.environ["FILTER"].rstrip("/"), os.environ["DRILL_PROFILE"]


def now():
    return datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%f")[:23] + "Z"


moment = now()
name = moment[:19].replace("-", "").replace(":", "") + f"Z-{os.getpid() & 0xffff:04x}"
run = store / name
run.mkdir(parents=True)
(run / "run.json").write_text(json.dumps({
    "schema": "drill-run/1", "id": name, "started": moment, "substitutions": [], "observed": [], "digests": {},
    "host": {"system": "s", "kernel": "k", "architecture": "a", "cores": 1, "memoryBytes": 1}, "boundary": [],
    "wallLowered": False, "profile": profile, "gameDay": os.environ["DRILL_GAMEDAY"]}))
with open(store.parent / "asked.txt", "a") as asked:
    asked.write(f"{profile} {drill}: {os.environ['CASES']}\n")
print("drill: restoring the lab", flush=True)


def outlive_game_day():
    while not (store.parent / "let-go").exists():
        time.sleep(.02)
    sys.exit(1)


def happen(what):
    """Does what the play says to the game day, which is this process's parent."""
    if what in ("SIGINT", "SIGTERM", "twice"):
        told = []
        signal.signal(signal.SIGINT, lambda *_: told.append(1))
        os.kill(os.getppid(), signal.SIGTERM if what == "SIGTERM" else signal.SIGINT)
        while not told:
            time.sleep(.02)
        if what == "twice":
            os.kill(os.getppid(), signal.SIGINT)
            outlive_game_day()
        (store.parent / "torn-down").touch()
        sys.exit(130)
    if what == "edit":
        with open(pathlib.Path(os.environ["DRILL_ROOT"], "Fixtures", profile, "CLUSTER_RECOVERY.md"), "a") as runbook:
            runbook.write("\nEdited.\n")
    if what == "crash":
        os.kill(os.getppid(), signal.SIGKILL)
        outlive_game_day()


happen(play.get("restoring"))

for number, case in enumerate(os.environ["CASES"].split(";")):
    if play.get(case) == "skip":
        continue
    folder = run / drill / f"case-{number}"
    folder.mkdir(parents=True)
    verdict = {
        "schema": "drill-verdict/1", "drill": drill, "case": case, "section": None, "result": "unproven",
        "reason": "the run was cut off before a verdict", "fault": None, "steps": [], "recoverySeconds": None,
        "budgetSeconds": 600, "outageSeconds": {}, "started": now(), "finished": None, "commit": "c", "dirty": False,
        "ledger": {"acknowledged": 0, "refused": 0, "unknown": 0, "lost": None},
        "sandbox": {"provider": "none", "accelerator": "none", "profile": profile, "observed": {}, "substitutions": []}}
    (folder / "verdict.json").write_text(json.dumps(verdict))
    (folder / "journal.jsonl").write_text(json.dumps({
        "n": 1, "t": now(), "at": 0.1, "kind": "step-started", "line": 50, "role": "agent", "command": "true"}) + "\n")
    what = play.get(case)
    happen(what)
    verdict |= {"result": "failed" if what == "fail" else "passed", "reason": "for the test", "finished": now()}
    verdict |= {"recoverySeconds": 231 + number}
    (folder / "verdict.json").write_text(json.dumps(verdict))

if any(play.get(case) == "badly" for case in os.environ["CASES"].split(";")):
    sys.exit(3)
