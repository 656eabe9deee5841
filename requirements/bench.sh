#!/bin/sh
# The peers that we measure against, in an environment of their own.
set -eu
cd "$(dirname "$0")/.."
[ -x .venv-bench/bin/python ] || "${PYTHON:-python3}" -m venv .venv-bench
if ! cmp -s requirements/bench.txt .venv-bench/lock; then
    .venv-bench/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bench.txt
    cp requirements/bench.txt .venv-bench/lock
fi
