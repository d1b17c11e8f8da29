#!/usr/bin/env python3
"""wall-proof.py EVENTS [MODULE...]: whether every test that docs/isolation-boundary.md names ran and passed in the run
whose event stream EVENTS is (`swift test --event-stream-output-path`); tests of the MODULEs named are of another run."""
import json
import pathlib
import re
import sys

page = pathlib.Path(__file__).parent.parent / "docs/isolation-boundary.md"
rows = [line for line in page.read_text().splitlines() if line.startswith("|")]
named = {name for row in rows for name in re.findall(r"`(\w+\.\w+/\w+\([^`]*\))`", row)}
others = {name for name in named if name.split(".")[0] in sys.argv[2:]}

ended, passed, troubled = False, set(), set()
for line in open(sys.argv[1]):
    event = json.loads(line)
    if event["kind"] != "event":
        continue
    event = event["payload"]
    # `Module.Suite/function(label:)/File.swift:line:column`
    test = event.get("testID", "").rpartition("/")[0]
    if event["kind"] == "runEnded":
        ended = True
    elif event["kind"] == "testEnded" and any(said["symbol"] == "pass" for said in event["messages"]):
        passed.add(test)
    elif event["kind"] in ("issueRecorded", "testSkipped", "testCancelled"):
        troubled.add(test)

missing = sorted(named - others - (passed - troubled))
for name in missing:
    print(f"wall: {name} did not run and pass", file=sys.stderr)
if not ended:
    print(f"wall: the run of {sys.argv[1]} was cut off", file=sys.stderr)
if missing or not ended or not named - others:
    sys.exit(1)
left = f", {len(others)} are of another run" if others else ""
print(f"wall: {len(named - others)} tests of docs/isolation-boundary.md ran and passed{left}")
