# Everything a fresh machine needs is installed from here; see CONTRIBUTING.md.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
HOST   ?= 127.0.0.1
PORT   ?= 8000

.DEFAULT_GOAL := help
.PHONY: help setup run test test-fast lint format bench lock clean

help:  ## list the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 14

$(VENV)/.run: requirements/run.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Filterscope needs Python 3.11 or newer: make PYTHON=python3.12 ..."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

setup: $(VENV)/.dev  ## make .venv and install the pinned versions

run: $(VENV)/.run  ## start the server and print its link
	$(BIN)/python -m app serve --host $(HOST) --port $(PORT)

$(VENV)/.chromium: $(VENV)/.dev
	$(BIN)/python tests/browser/find_chromium.py --install
	@touch $@

test: $(VENV)/.dev $(VENV)/.chromium  ## every test, the browser's too
	$(BIN)/python -m pytest

test-fast: $(VENV)/.dev  ## every test that needs no browser
	$(BIN)/python -m pytest -m "not browser"

lint: $(VENV)/.dev  ## ruff and a strict type checker
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV)/.dev  ## let ruff put the files in order
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.dev  ## print the budgets of the design beside what this machine does
	$(BIN)/python -m bench

lock: $(VENV)/.dev  ## make the pinned versions anew (uses uv)
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --quiet -o requirements/run.txt
	$(BIN)/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --quiet -o requirements/dev.txt -c requirements/run.txt

clean:  ## remove .venv and what tools left behind
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
