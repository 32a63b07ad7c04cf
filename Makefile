# Everything a person types. `make` alone explains itself.
# Needs python3 (3.11 or newer) and make, for the tests Node.js with npm; never root.

PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
STAMPS := $(VENV)/.stamps
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet --quiet
INSTALL := $(PIP) install --require-hashes --no-build-isolation \
	--only-binary :all: --no-binary feedgen
LOCKS := requirements.txt requirements-build.txt requirements-postgres.txt \
	requirements-dev.txt
# What npm writes last: gone with the packages, so that it speaks for them.
NODE := tests/node/node_modules/.package-lock.json
UV := $(BIN)/uv pip compile --no-config --quiet --universal --python-version 3.11 \
	--generate-hashes --no-annotate \
	--only-binary :all: --no-binary feedgen --custom-compile-command "make lock"

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help serve test check bench soak lock pin

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-8s %s\n", $$1, $$2}' Makefile

serve: $(STAMPS)/runtime ## serve http://127.0.0.1:8000 with a demo channel (PORT=… overrides)
	@echo "Starting the service on http://127.0.0.1:$(PORT) (stop it with Ctrl+C)."
	@PORT=$(PORT) exec $(BIN)/python -m feeds run --demo

test: $(STAMPS)/dev $(NODE) ## run every test (ARGS='…' goes to pytest)
	@$(BIN)/python -m pytest -n 2 $(ARGS)

check: $(STAMPS)/dev ## check format, lint, types and architecture
	@echo "Checking the format." && $(BIN)/ruff format --check .
	@echo "Checking for lint." && $(BIN)/ruff check .
	@echo "Checking the types." && $(BIN)/mypy
	@echo "Checking the architecture." && $(BIN)/python -m pytest -q tests/test_architecture.py

bench: $(STAMPS)/dev ## measure the numbers that we promise
	@$(BIN)/python -m benchmarks $(ARGS)

soak: $(STAMPS)/dev $(NODE) ## run the long counts in full
	@SOAK=1 $(BIN)/python -m pytest -m counted $(ARGS)

lock: $(STAMPS)/dev ## pin the newest allowed versions with their hashes
	@echo "Resolving the dependencies into $(LOCKS)."
	@$(UV) --upgrade requirements.in -o requirements.txt >/dev/null
	@$(UV) --upgrade requirements-build.in -o requirements-build.txt >/dev/null
	@$(UV) --upgrade requirements-postgres.in -o requirements-postgres.txt >/dev/null
	@$(UV) --upgrade -c requirements.txt -c requirements-postgres.txt \
		requirements-dev.in -o requirements-dev.txt >/dev/null

pin: $(STAMPS)/runtime ## keep the present scripts for the sites that name its digest
	@$(BIN)/python -c "from feeds.views import scripts; print(*scripts.pin())"

$(STAMPS)/venv:
	@command -v $(PYTHON) >/dev/null || { \
		echo "feeds needs Python 3.11 or newer, and there is no $(PYTHON) here." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "feeds needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) -V 2>&1)." \
		"Name another one: make PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
		echo "This Python has no venv module; on Debian and Ubuntu the package" \
		"python3-venv brings it." >&2; exit 1; }
	@echo "Making the environment in $(VENV)."
	@$(PYTHON) -m venv $(VENV)
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/runtime: $(STAMPS)/venv requirements-build.txt requirements.txt
	@echo "Installing what the service needs (once; about a minute)."
	@$(INSTALL) -r requirements-build.txt
	@$(INSTALL) -r requirements.txt
	@touch $@

$(STAMPS)/dev: $(STAMPS)/runtime requirements-dev.txt
	@echo "Installing what the tests need (once; a few minutes)."
	@$(INSTALL) -r requirements-dev.txt
	@touch $@

$(NODE): tests/node/package-lock.json tests/node/.npmrc
	@command -v node >/dev/null && command -v npm >/dev/null || { \
		echo "The tests need Node.js with npm; on Debian and Ubuntu the packages" \
		"nodejs and npm bring it." >&2; exit 1; }
	@echo "Installing the calendar programs of the tests (once; a few seconds)."
	@cd tests/node && npm ci --ignore-scripts --loglevel error >/dev/null
	@touch $@
