#!/bin/bash
# lint.sh: everything that can be found wrong without running anything. Tools that are not installed are named.
set -euo pipefail

cd "$(dirname "$0")/.."
status=0
say() { printf 'lint: %s\n' "$*" >&2; }
have() { command -v "$1" >/dev/null || { say "$1 is not installed; its part is left out"; return 1; }; }

say "swift format"
swift format lint --strict --parallel --recursive Sources Tests Drills Package.swift || status=1

scripts=(.ci/run)
while IFS= read -r script; do scripts+=("$script"); done < <(find Scripts Fixtures -name '*.sh' | sort)
say "bash -n: ${scripts[*]}"
for script in "${scripts[@]}"; do
    case $(head -1 "$script") in *bash) bash -n "$script" ;; *) sh -n "$script" ;; esac || status=1
done
if have shellcheck; then
    # SC2016 (single quotes that look like a mistake) is how a script hands a script to another shell.
    shellcheck --severity=warning --shell=bash --exclude=SC2016 "${scripts[@]}" || status=1
fi

if have systemd-analyze; then
    say "systemd-analyze verify"
    # A copy, since it wants the program to be there; it prints what is wrong and does not always say so by its status.
    units=$(mktemp -d)
    sed "s|%h/recovery-drills|$PWD|" Scripts/gameday/recovery-gameday.service >"$units/recovery-gameday.service"
    cp Scripts/gameday/recovery-gameday.timer "$units"
    findings=$(systemd-analyze verify --user --man=no "$units"/recovery-gameday.* 2>&1 | grep -F recovery-gameday || true)
    rm -rf "$units"
    [ -z "$findings" ] || { printf '%s\n' "$findings" >&2; status=1; }
fi
if have python3; then
    say "launchd's plist"
    python3 -c 'import plistlib, sys; plistlib.load(open(sys.argv[1], "rb"))["StartCalendarInterval"]' \
        Scripts/gameday/recovery-gameday.plist || status=1
fi

inventory=Fixtures/lab/inventory/sandbox/hosts.yml
if [ -f "$inventory" ] && have ansible-playbook; then
    say "ansible-playbook --syntax-check"
    ANSIBLE_CONFIG=Fixtures/lab/ansible.cfg ANSIBLE_LOCAL_TEMP=${TMPDIR:-/tmp}/ansible-lint-$$ \
        ansible-playbook --syntax-check --inventory "$inventory" Fixtures/lab/plays/site.yml >/dev/null || status=1
    say "every play begins with the guard against prod"
    # With the Python that Ansible itself runs on: it has the loader.
    python=$(sed -n '1s/^#! *//p' "$(command -v ansible-playbook)")
    for plays in Fixtures/*/plays; do $python Scripts/guarded-plays.py "$plays" || status=1; done
fi
exit $status
