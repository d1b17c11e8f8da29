#!/bin/bash
# soak.sh runs N | kills N: says whether the drills can be relied on, by running them again and again.
#   runs N    runs the drills of FILTER N times; every run must come to the same verdicts.
#   kills N   starts them N times and kills the test process (SIGKILL) at a random moment; after the next start nothing
#             may be left of it: no process, no folder, no mount, and a cache that is as it was written.
# The package is built already. SEED makes the moments of the kills those of an earlier soak.
set -euo pipefail

say() { printf 'soak: %s\n' "$*" >&2; }
die() { say "error: $*"; exit 1; }

cd "$(dirname "$0")/.."
what=${1-} times=${2-}
case "$what:$times" in runs:[1-9]* | kills:[1-9]*) ;; *) die "usage: soak.sh runs N | kills N" ;; esac
filter='^Drills\.'${FILTER:+".*($FILTER)"}
latest=${DRILL_EVIDENCE:-evidence}/latest
drillctl=$(swift build --show-bin-path)/drillctl
scratch=$(mktemp -d "${TMPDIR:-/tmp}/soak.XXXXXX")
running='' runs=''
end() {
    if [ -n "$running" ]; then kill -INT -- "-$running" 2>/dev/null || true; wait "$running" 2>/dev/null || true; fi
    if [ -n "$runs" ]; then "$drillctl" reap >/dev/null 2>&1 || true; rm -rf "$runs"; fi
    rm -rf "$scratch"
}
trap end EXIT
trap 'exit 130' INT TERM
"$drillctl" checkpoint

# One run in a process group of its own, so that a signal reaches all of it and nothing else.
start() {
    set -m
    swift test --skip-build --ignore-lock --disable-xctest --filter "$filter" </dev/null >"$scratch/log" 2>&1 &
    running=$!
    set +m
}

soak_runs() {
    local n status began differing=0
    for n in $(seq "$times"); do
        began=$SECONDS status=0 before=$(readlink "$latest" || true)
        start
        wait "$running" || status=$?
        running=
        # A filter that matches nothing ends well, and the latest run is then an earlier one's.
        [ "$(readlink "$latest" || true)" != "$before" ] || { tail -n 5 "$scratch/log" >&2; die "run $n drilled nothing"; }
        "$drillctl" verdicts --json >"$scratch/$n.json" || true
        python3 - "$scratch" "$n" "$status" "$times" $((SECONDS - began)) <<'PY' || differing=$((differing + 1))
import json, sys
scratch, n, status, times, seconds = sys.argv[1], sys.argv[2], *map(int, sys.argv[3:])
said = lambda run: {f'{v["drill"]} / {v["case"]}': v["result"] for v in json.load(open(f"{scratch}/{run}.json"))}
now, first = said(n), said(1)
odd = [f"{case}: {result}" for case, result in now.items() if result != "passed"]
print(f"soak: run {n} of {times}: {len(now)} cases in {seconds} s, {len(odd)} not passed {odd or ''}", flush=True)
sys.exit(0 if now == first and not odd and status == 0 else 1)
PY
    done
    python3 - "$scratch" "$times" <<'PY'
import json, statistics, sys
seconds, lost = {}, 0
for n in range(1, int(sys.argv[2]) + 1):
    for v in json.load(open(f"{sys.argv[1]}/{n}.json")):
        if v.get("recoverySeconds") is not None:
            seconds.setdefault(f'{v["drill"]} / {v["case"]}', []).append(v["recoverySeconds"])
        lost += v["ledger"].get("lost") or 0
for case, all in sorted(seconds.items()):
    print(f"soak: {case}: {len(all)} times whole again, {min(all):.0f} to {max(all):.0f} s, median {statistics.median(all):.0f} s")
print(f"soak: acknowledged writes lost: {lost}")
PY
    [ "$differing" = 0 ] || die "$differing of $times runs came to other verdicts, or not all passed"
    say "$times of $times runs came to the same verdicts"
}

# The test process below `swift test`, which puts it into a group of its own.
test_process() {
    local child
    for child in $(pgrep -P "$1"); do
        case $(tr '\0' ' ' <"/proc/$child/cmdline" 2>/dev/null || true) in
            *PackageTests.xctest*) printf '%s\n' "$child"; return ;;
        esac
        test_process "$child"
    done
}

# Every process that sees a folder of this soak's sandboxes as a mount of its own, as only theirs do.
sandboxed() {
    grep -lsE "/${DRILL_RUNS##*/}/s-[0-9a-f]{4}[/ ]" /proc/[0-9]*/mountinfo | cut -d/ -f3 | xargs || true
}
mounts() { grep -c . /proc/self/mountinfo; }

soak_kills() {
    local n wait victim stood most=0 left folders before_mounts bad=0
    RANDOM=${SEED:=$(($(date +%s) % 32768))}
    # Apart from everybody else's sandboxes, so that what is left can only be ours.
    export DRILL_RUNS=/tmp/soak-$$
    mkdir -m 700 "$DRILL_RUNS"
    runs=$DRILL_RUNS
    say "SEED=$SEED"
    for n in $(seq "$times"); do
        before_mounts=$(mounts)
        wait=$((2 + RANDOM % 58))
        start
        sleep "$wait"
        victim=$(test_process "$running" | head -1)
        [ -n "$victim" ] || { say "kill $n of $times: it had ended before second $wait"; wait "$running" || true; running=; continue; }
        stood=$(sandboxed | wc -w)
        [ "$stood" -le "$most" ] || most=$stood
        kill -KILL "$victim" 2>/dev/null || true
        wait "$running" 2>/dev/null || true
        running=
        # The next start: what it finds and mends is what a person's next run would.
        "$drillctl" reap >"$scratch/reap" 2>&1 || true
        left=$(sandboxed)
        folders=$(cd "$DRILL_RUNS" && find . -name 's-*' -printf '%f ')
        if [ -n "$left$folders" ] || [ "$(mounts)" != "$before_mounts" ]; then
            bad=$((bad + 1))
            say "kill $n of $times at $wait s: LEFT: processes ${left:-none}, files ${folders:-none}, $(mounts) mounts where $before_mounts were"
        else
            say "kill $n of $times at $wait s, $stood processes stood: nothing left"
        fi
    done
    rm -rf "$DRILL_RUNS"
    runs=
    "$drillctl" cache verify --deep >"$scratch/verify" 2>&1 || { cat "$scratch/verify" >&2; die "the cache is damaged"; }
    say "the cache is as it was written"
    [ "$most" -gt 0 ] || die "no kill found a lab standing, so that nothing was shown"
    [ "$bad" = 0 ] || die "$bad of $times kills left something behind"
    say "$times of $times kills left nothing behind"
}

"soak_$what"
