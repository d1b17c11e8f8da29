/// The bash program that stays behind a section's steps and sources their blocks.
///
/// It reads one command a line from standard input (`agent|human EXPECTED,… NAME`), sources
/// `NAME` from its own folder, and ends each step with a mark on standard output, standard
/// error and the terminal, so that what each step said can be told apart to the byte.
///
/// Why it is as it is:
/// - The block's file is padded with empty lines, so that its line numbers are the Markdown
///   file's, and it bears that file's name: bash's own messages then name the right line.
/// - Blocks are sourced at top level: in a function `declare` would make locals of their variables.
/// - `set -e` stays truly on: a `set +e` in the block, and a command substitution (in which
///   bash drops errexit), keep bash's meaning. The ERR trap only notes the line.
/// - After an expected status the trap switches errexit off, since nothing else survives it,
///   and a DEBUG trap switches it on again before the next command of the same (sub)shell.
/// - A failure ends the shell, as it would end a script; what is then on the pipes is the step's.
/// - A block that `return`, `break` or `continue` leaves in its middle has not been followed: its last line, which the harness
///   adds, is not come to. The loop around it is for these to leave, in place of the driver's own.
/// - Left-behind processes are looked for only where bash has a pid namespace to itself. A connection that ssh keeps
///   open for the next command (ControlPersist) is the operator's tool and no work of the block's: it may stay.
enum ShellDriver {
    /// The file's name in the shell's folder.
    static let name = ".driver"

    /// What ends each block's file: nothing of it is heard, and a backslash before it continues nothing.
    static let lastLine = "\n\n{ __drill_come; } 2>/dev/null\n"

    /// The program; it needs the terminal on descriptor 9.
    static let program = #"""
        exec 15</dev/null 16<> <(:) 17<&0 18>&1 19>&2 20<&9 9<&- </dev/null >/dev/null 2>&1
        __drill_folder=${BASH_SOURCE%/*}
        __drill_file= __drill_expected= __drill_lenient= __drill_left=()

        # Notes an unexpected failure as "status line depth"; line 0 stands for "not in this block".
        __drill_failed() {
            [[ -n $__drill_lenient || $- == *e* ]] || return 0
            if [[ " $__drill_expected " == *" $1 "* ]]; then
                set +e
                __drill_lenient=yes
                trap "(( BASH_SUBSHELL != $BASH_SUBSHELL )) ||
                    { __drill_lenient=; trap - DEBUG; set -e; }" DEBUG
            else
                local i line=0
                for (( i = ${#BASH_SOURCE[@]} - 1; i > 0; i-- )); do
                    [[ ${BASH_SOURCE[i]} != "$__drill_file" ]] || line=${BASH_LINENO[i - 1]}
                done
                [[ ${BASH_SOURCE[1]} != "$__drill_file" ]] || line=$2
                printf '%s %s %s\n' "$1" "$line" "$BASH_SUBSHELL" >>"$__drill_folder/.failed"
                [[ -z $__drill_lenient ]] || builtin exit "$1"
            fi
        }

        # Notes with what status and where the shell ended; the first note is the truest.
        __drill_ended() {
            [[ -e $__drill_folder/.exit ]] || printf '%s %s\n' "$1" "$2" >"$__drill_folder/.exit"
        }

        # The builtin, and the line on which a block called it, which no trap would tell.
        exit() {
            local status=$?
            (( BASH_SUBSHELL )) || __drill_ended "${1-$status}" "${BASH_LINENO[0]}"
            builtin exit "${1-$status}"
        }

        # The last line of each block: it was come to, with the status of what was before it.
        __drill_come() {
            local status=$?
            __drill_whole=yes
            return "$status"
        }

        # Fills __drill_left with what else lives in this pid namespace: "pid command line". A dead
        # one counts no more; a living one may have no command line, in the middle of its exec.
        __drill_look() {
            local - IFS=' ' pid stat words
            set +f
            __drill_left=()
            for pid in /proc/[0-9]*; do
                pid=${pid#/proc/}
                (( pid != 1 && pid != $$ )) || continue
                stat= words=()
                IFS= read -r -d '' stat <"/proc/$pid/stat" || :
                [[ -n $stat && ${stat##*) } != [ZX]* ]] || continue
                mapfile -d '' -t words <"/proc/$pid/cmdline" || :
                stat=${stat%)*}
                [[ ${stat#*(} != ssh || ${words[0]-} != "ssh: "*" [mux]"* ]] || continue
                [[ -n ${words[*]} ]] || words=("${stat#*(}")
                __drill_left+=("$pid ${words[*]}")
            done
        }

        # Gives what is ending a second, then names what stayed in .left and ends it. Two looks in a
        # row must find nothing: one that forks and ends can slip through a single one.
        __drill_sweep() {
            local tries clean=0 entry
            for (( tries = 0; tries < 50; tries++ )); do
                __drill_look
                if (( ${#__drill_left[@]} )); then
                    clean=0
                    read -r -t 0.02 -u 16 || :
                else
                    (( ++clean < 2 )) || return 0
                fi
            done
            for entry in "${__drill_left[@]}"; do printf '%s\n' "${entry//$'\n'/ }"; done >"$__drill_folder/.left"
            for (( tries = 0; tries < 250 && ${#__drill_left[@]}; tries++ )); do
                for entry in "${__drill_left[@]}"; do kill -KILL "${entry%% *}" || :; done
                read -r -t 0.02 -u 16 || :
                __drill_look
            done
        }

        __drill_mark() {
            printf '\036%s:%s\036' "$__drill_nonce" "$1" >&20
            printf '\036%s:%s\036' "$__drill_nonce" "$1" >&19
            printf '\036%s:%s\036' "$__drill_nonce" "$1" >&18
        }

        IFS= read -r -u 17 __drill_nonce || builtin exit
        __drill_alone=
        if [[ $$ == 1 || $PPID == 1 && $(</proc/1/comm) == bwrap ]]; then __drill_alone=yes; fi
        set -uET -o pipefail
        trap '__drill_failed $? $LINENO' ERR
        trap '__drill_ended $? 0' EXIT
        __drill_mark 0
        while IFS=' ' read -r -u 17 __drill_role __drill_expected __drill_file; do
            __drill_expected=${__drill_expected//,/ }
            __drill_file=$__drill_folder/$__drill_file
            if ! /usr/bin/env BASHOPTS="$BASHOPTS" /bin/bash --norc -n "$__drill_file" 2>&19; then
                : >"$__drill_folder/.syntax"
                __drill_mark 2
                continue
            fi
            __drill_in=15 __drill_out=18 __drill_err=19
            if [[ $__drill_role == human ]]; then __drill_in=20 __drill_out=20 __drill_err=20; fi
            __drill_whole= __drill_status=0
            set -e
            for __drill_once in 1; do
                source "$__drill_file" <&"$__drill_in" >&"$__drill_out" 2>&"$__drill_err" \
                    15<&- 16<&- 17<&- 18>&- 19>&- 20<&-
                __drill_status=$?
            done
            { set +ex; trap - DEBUG; trap '__drill_failed $? $LINENO' ERR; } 2>/dev/null
            set -uET -o pipefail
            __drill_lenient=
            [[ -n $__drill_whole ]] || : >"$__drill_folder/.broken"
            [[ -z $__drill_alone ]] || __drill_sweep
            __drill_mark "$__drill_status"
        done
        """#
}
