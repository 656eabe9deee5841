# The only commands to remember. `make try` and `make test` install what they need.
PYTHON ?= python3
BIN := .venv/bin
.PHONY: setup try test check bench docs lock clean

setup:
	@PYTHON="$(PYTHON)" sh requirements/setup.sh

try: setup
	@$(BIN)/python -m hengjian.cli.trial

test: setup
	$(BIN)/python -m pytest -n auto

check: setup
	$(BIN)/ruff check src tests benchmarks samples
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: setup
	@sh requirements/bench.sh
	@BENCH_DATE="$${BENCH_DATE:-$$(date +%F)}" $(BIN)/python -m benchmarks.run

docs: setup
	@$(BIN)/python -m hengjian.cli.documentation docs

lock: setup
	@sh requirements/lock.sh

clean:
	rm -rf .venv .venv-bench build out *.egg-info src/*.egg-info
