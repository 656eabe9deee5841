#!/bin/sh
# Writes the locks: names, versions and hashes only. No lock names the address of a package index.
set -eu
cd "$(dirname "$0")/.."
lock() {
    target=$1
    shift
    .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-emit-find-links --no-annotate --no-header "$@" -o "requirements/$target.txt"
}
lock core pyproject.toml
lock dev pyproject.toml --group dev
lock bench requirements/bench.in
