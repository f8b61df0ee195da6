#!/bin/sh
# What `make test` (quick) and `make long` (long) run. BIN is the environment's bin folder.
set -eu
mode=${1:-quick}
chromium=$("$BIN/python" tests/chromium.py)
export CHROMIUM="$chromium"
workers=$(nproc 2>/dev/null || echo 2)
if [ "$mode" = quick ]; then
    "$BIN/python" -m pytest -q -n "$workers" --dist loadgroup -m "not long"
else
    "$BIN/python" -m pytest -q -n "$workers" --dist loadgroup -m "long"
fi
