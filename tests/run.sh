#!/bin/sh
# What `make test` (quick) and `make long` (long) run. BIN is the environment's bin folder.
set -eu
mode=${1:-quick}
chromium=$("$BIN/python" tests/chromium.py)
export CHROMIUM="$chromium"
# In memory where there is room for it: thousands of small databases wait for no disk.
if [ -w /dev/shm ] && [ "$(df -Pk /dev/shm | awk 'NR == 2 { print $4 }')" -gt 4000000 ]; then
    TMPDIR=$(mktemp -d /dev/shm/kimcms.XXXXXX)
    export TMPDIR
    trap 'rm -rf "$TMPDIR"' EXIT
    trap 'exit 130' INT TERM
fi
# One more than there are processors: tests in Chromium and of processes mostly wait.
workers=$(($(nproc 2>/dev/null || echo 2) + 1))
if [ "$mode" = quick ]; then
    "$BIN/python" -m pytest -q -n "$workers" --dist loadgroup -m "not long"
else
    "$BIN/python" -m pytest -q -n "$workers" --dist loadgroup -m "long"
fi
