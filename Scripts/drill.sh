#!/bin/bash
# drill.sh: runs the drills that the regular expression FILTER names (without it all that have one of the CASES), of those
# the CASES (all without it, `one; another`), then prints their verdicts.
# With STALE=1 it runs just those that have no passed verdict for their section's present text.
# With TRACE=FILE the sockets of all that runs are recorded there and judged (wall-trace.sh).
# The evidence is looked through for secrets in any case.
# The package is built already. What swift test prints passes through as it comes.
# `swift test` exits 0 as well when its filter matches nothing or all is skipped, so its word alone is not taken:
# its event stream must tell of a drill that ended and of none that was skipped, and every case of the run must have passed.
set -euo pipefail

die() { printf 'drill: error: %s\n' "$*" >&2; exit 1; }

cd "$(dirname "$0")/.."
drillctl=$(swift build --show-bin-path)/drillctl
filter='^Drills\.'${FILTER:+".*($FILTER)"}
if [ -n "${CASES:-}" ]; then
    having=$("$drillctl" explain --cases "$CASES") || exit $?
    # A drill that has none of them would count as skipped.
    if [ -n "${FILTER:-}" ]; then
        # Each must be one of a drill that runs, or it would be left out in silence.
        while IFS= read -r -d ';' one; do
            "$drillctl" explain --cases "$one" | sed 's|.*|Drills.&/|' | grep -qE "$filter" ||
                die "no drill that FILTER='$FILTER' names has a case '${one# }'"
        done <<<"${CASES};"
    else
        filter="^Drills\.($(paste -sd '|' <<<"$having"))/"
    fi
fi
if [ "${STALE:-}" = 1 ]; then
    [ -z "${FILTER:-}" ] || die "STALE=1 chooses the drills itself; leave FILTER out"
    answer=0
    stale=$("$drillctl" map stale --names --profile "${DRILL_PROFILE:-lab}") || answer=$?
    [ "$answer" -le 1 ] || exit "$answer"
    [ -n "$stale" ] || { printf 'drill: no drill is stale, so none is run\n'; exit 0; }
    filter="^Drills\.($(paste -sd '|' <<<"$stale"))/"
fi
latest=${DRILL_EVIDENCE:-evidence}/latest
scratch=$(mktemp -d "${TMPDIR:-/tmp}/drill.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
events=$scratch/events.jsonl

# With progress to watch: swift test keeps what its tests print until they end.
"$drillctl" checkpoint ${DRILL_PROFILE:+--profile "$DRILL_PROFILE"}
before=$(readlink "$latest" || true)
tracer=()
[ -z "${TRACE:-}" ] || tracer=(Scripts/wall-trace.sh "$TRACE")
status=0
"${tracer[@]}" swift test --skip-build --disable-xctest --filter "$filter" \
    --event-stream-output-path "$events" --event-stream-version 6.3 || status=$?
after=$(readlink "$latest" || true)

count() { grep -cE "$1" "$events" 2>/dev/null || true; }
ended=$(count '"kind":"testEnded".*"testID":"Drills\.[^"]*\(')
skipped=$(count '"kind":"(testSkipped|testCancelled|testCaseCancelled)"')

verdicts=0 secrets=0
if [ -n "$after" ] && [ "$after" != "$before" ]; then
    printf '\n'
    "$drillctl" verdicts --run "$after" || verdicts=$?
    printf 'evidence: %s\n' "${DRILL_EVIDENCE:-evidence}/$after"
    "$drillctl" secrets "${DRILL_EVIDENCE:-evidence}/$after" "$events" || secrets=$?
fi
[ "$(count '"kind":"runEnded"')" != 0 ] || die "the drills were cut off before their end (swift test: $status)"
[ "$status" = 0 ] || exit "$status"
[ "$ended" != 0 ] || die "no drill matches FILTER='${FILTER:-}', so nothing was drilled: swift test list shows their names"
[ "$skipped" = 0 ] || die "$skipped drills were skipped or cancelled, which proves nothing"
[ "$after" != "$before" ] || die "the drills ended but left no run in $latest: there is no verdict"
[ "$secrets" -lt 2 ] || die "the evidence of run $after could not be searched for secrets, as told above"
[ "$secrets" = 0 ] || die "a secret may stand in the evidence of run $after, as told above: look before it goes anywhere"
[ "$verdicts" = 0 ] || die "the tests passed, but not every case of the run $after has"
