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

inventory=Fixtures/lab/inventory/sandbox/hosts.yml
if [ -f "$inventory" ] && have ansible-playbook; then
    say "ansible-playbook --syntax-check"
    ANSIBLE_CONFIG=Fixtures/lab/ansible.cfg ANSIBLE_LOCAL_TEMP=${TMPDIR:-/tmp}/ansible-lint-$$ \
        ansible-playbook --syntax-check --inventory "$inventory" Fixtures/lab/plays/site.yml >/dev/null || status=1
fi
exit $status
