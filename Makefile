# What people and CI type. Each target does its own set-up; `make` alone prints this list.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help setup build test drill controls soak gameday wall-trace report-check lint fmt bench doctor clean

# Tests by the hundred, begun at once on two cores, starve each other of the time that their programs are given.
few := SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH=$(shell expr 4 \* $$(getconf _NPROCESSORS_ONLN))

help: ## print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))
	@printf '\n  make drill FILTER=VaultSeal    only the drills that this regular expression names\n'
	@printf '  make drill STALE=1             only those whose section was edited since they passed\n'
	@printf '  make drill TRACE=file          record all sockets, and see that none outside the wall speaks IP\n'
	@printf '  make controls FILTER=DoNothing CASES='"'"'folder lost'"'"'           only these cases with nothing done\n'
	@printf '  make controls FILTER=NodeKillControls STEP='"'"'Unseal each'"'"'       only the removal of the step with these words\n'
	@printf '  make drill KEEP=1              hold the lab at the step that failed\n'
	@printf '  make drill CLUSTER_RECOVERY=path/to/your/CLUSTER_RECOVERY.md\n'

setup: ## install what this host lacks, and say so first
	@Scripts/setup.sh $(if $(ARM64),--arm64)

build: setup ## build everything, tests and drills included
	@swift build --build-tests

test: build ## set up, build, run every test that needs no lab, and see that those of the wall ran and passed
	@rm -f .build/events.jsonl
	@$(few) swift test --skip-build --disable-xctest --skip '^Drills\.' --skip '^Controls\.(?!ControlWords)' \
		--event-stream-output-path .build/events.jsonl --event-stream-version 0
	@Scripts/wall-proof.py .build/events.jsonl Drills Controls

drill: build ## set up, build, run the drills, and print their verdicts
	@Scripts/drill.sh

controls: build ## drill what must not pass: wrong sections, wrong shares, a fault that is switched off
	@events=$$(mktemp); trap 'rm -f "$$events"' EXIT; \
	$(if $(ARM64),ARM64=1) swift test --skip-build --disable-xctest --filter '^Controls\.$(if $(FILTER),.*($(FILTER)))' \
	  --event-stream-output-path "$$events" --event-stream-version 6.3 || exit $$?; \
	grep -qE '"kind":"testEnded".*"testID":"Controls\.[^"]*\(' "$$events" || \
	  { echo "controls: error: no control matches FILTER='$(FILTER)', so nothing was looked at" >&2; exit 1; }

soak: build ## drill RUNS times over (20), all verdicts the same; or KILLS=20 to kill them at random moments
	@FILTER='$(FILTER)' Scripts/soak.sh $(if $(KILLS),kills $(KILLS),runs $(or $(RUNS),20))

gameday: build ## run every drill of every profile, sum up, and write one report; goes on where it was stopped
	@"$$(swift build --show-bin-path)/drillctl" gameday $(if $(NEW),--new)

wall-trace: build ## record the sockets of the rooms that drive the lab, and see that none outside the wall speaks IP
	@trace=$$(mktemp) && trap 'rm -f "$$trace"' EXIT && Scripts/wall-trace.sh "$$trace" \
	    swift test --skip-build --disable-xctest --no-parallel --filter '^(Boundary|Operator)Tests\.' \
	    --skip '\.(PlayGuard|GuardLint|SocketTrace|ReplicaJudge|HumanAtTerminal)Tests'

report-check: build ## install Chromium if it is missing, and look at a report in it
	@Scripts/setup.sh --browser
	@REPORT_CHECK=1 swift test --skip-build --disable-xctest --filter '^ReportTests\.BrowserTests'

lint: ## find what is wrong without running anything
	@Scripts/lint.sh

fmt: ## format the Swift code
	@swift format --in-place --parallel --recursive Sources Tests Drills Package.swift

bench: build ## measure cold boot, restore, and where one drill's seconds go
	@swift run --skip-build drillctl bench

doctor: ## say what this host lacks for the lab, and the command that mends it
	@Scripts/setup.sh --check
	@swift run --quiet drillctl doctor

clean: ## remove what was built; evidence and the lab's cache stay (drillctl cache prune)
	@swift package clean
