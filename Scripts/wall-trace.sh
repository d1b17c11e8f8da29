#!/bin/bash
# wall-trace.sh TRACE COMMAND...: runs the command, recording in TRACE every socket that it and all it starts open, and
# fails when anything outside of the wall opened one that speaks IP (`drillctl trace` judges), or when a secret of a
# checkpoint stood among the arguments of any process.
# Its exit status is the command's own where that failed. The package is built already; DRILLCTL names another build's.
set -euo pipefail

die() { printf 'wall-trace: error: %s\n' "$*" >&2; exit 2; }

[ $# -ge 2 ] || die "usage: wall-trace.sh TRACE COMMAND..."
trace=$1
shift
command -v strace >/dev/null || die "strace is not installed: make setup"
root=$(cd "$(dirname "$0")/.." && pwd)
drillctl=${DRILLCTL:-$(cd "$root" && swift build --show-bin-path)/drillctl}
# A descriptor that was open before would be used without a call that opens it.
for descriptor in /proc/self/fd/*; do
    number=${descriptor##*/}
    [ "$number" -le 2 ] || [ "$number" = 255 ] || eval "exec $number>&-"
done

status=0
# By seccomp only these calls stop; calls that move data do not, so a machine's disk is as quick as without.
strace --follow-forks --seccomp-bpf -qq --decode-fds=path --pidns-translation --string-limit=4096 --signal=none \
    --trace=socket,socketpair,connect,bind,io_uring_setup,clone,clone3,fork,vfork,unshare,setns,execve \
    --output="$trace" "$@" || status=$?
"$drillctl" trace "$trace" || { [ "$status" != 0 ] || status=1; }
kept=$("$drillctl" cache list) || { [ "$status" != 0 ] || status=1; }
secrets=0
"$drillctl" secrets "$trace" || secrets=$?
# 2 is well where there is no checkpoint: there were no secrets to pass.
if [ "$secrets" = 2 ] && ! grep -Eq '^checkpoint +[0-9a-f]+ +(ready|in use) ' <<<"$kept"; then secrets=0; fi
[ "$secrets" = 0 ] || [ "$status" != 0 ] || status=1
exit "$status"
