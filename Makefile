# calque: every target sets up what it needs. `make` alone lists them.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

# The first interpreter that is new enough; override with `make PYTHON=...`.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
READY := .venv/.ready
SPECS := $(wildcard spec/*/openapi.yaml spec/*/openapi.json)
PYTEST := $(BIN)/python -m pytest -n auto -q

.PHONY: help setup generate golden test interpreters format lint types check clean

help: ## List the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup: $(READY) ## Make the virtual environment (.venv) with calque in it

$(READY): pyproject.toml
	@test -n "$(PYTHON)" || { echo "calque needs Python 3.11 or newer; none was found"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	@# setuptools warns, at length, of what an editable install of two roots is.
	PYTHONWARNINGS=ignore $(BIN)/python -m pip install --quiet --editable . --group dev
	@touch $@

generate: $(READY) ## Regenerate generated/* from spec/*
	@for spec in $(SPECS); do \
		$(BIN)/calque generate $$spec -o generated/$$(basename $$(dirname $$spec)); done

golden: generate ## Regenerate generated/*, docs/wire.md and the expectations of tests/cases
	$(BIN)/python -m tests.cases.update
	$(BIN)/python -m tests.wire
	$(BIN)/python -m tests.comparison
	$(BIN)/python -m tests.incremental.history

test: $(READY) ## Run all tests
	$(PYTEST)

interpreters: $(READY) ## Run the tests that an interpreter may change on every other Python found here
	@tests/interpreters $(BIN)/python

format: $(READY) ## Lay out all Python
	$(BIN)/black --quiet generator templates tests benchmarks
	$(BIN)/ruff check --quiet --fix generator templates tests benchmarks

lint: $(READY) ## Check layout and lint
	$(BIN)/black --quiet --check generator templates tests benchmarks generated
	$(BIN)/ruff check --quiet generator templates tests benchmarks generated

types: $(READY) ## mypy --strict and pyright strict, on calque and on its output
	$(BIN)/mypy generator tests benchmarks
	for folder in 'templates/client/{package}' generated/*/; do (cd "$$folder" && \
		$(CURDIR)/$(BIN)/mypy --config-file $(CURDIR)/pyproject.toml \
		--cache-dir $(CURDIR)/.mypy_cache --exclude '^build/' .); done
	$(BIN)/basedpyright --pythonpath $(BIN)/python

check: lint types stale test interpreters ## All that continuous integration runs

.PHONY: stale
stale: $(READY) ## Fail with a diff when generated/* is not what spec/* gives
	@for spec in $(SPECS); do \
		$(BIN)/calque generate --check $$spec -o generated/$$(basename $$(dirname $$spec)); done

clean: ## Remove all that can be made again
	rm -rf .venv .venv-* build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	rm -rf generated/*/build generated/*/*.egg-info generator/*.egg-info
	find . -name __pycache__ -prune -exec rm -rf {} +


# A folder of real OpenAPI documents in JSON; none is part of calque.
CORPUS ?= $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/calque-corpus

.PHONY: corpus
corpus: $(READY) ## Run calque over a folder of real documents: make corpus CORPUS=...
	@test -d "$(CORPUS)" || { echo "no documents in $(CORPUS); name a folder: make corpus CORPUS=..."; exit 1; }
	$(BIN)/python -m tests.corpus "$(CORPUS)" --types --report docs/corpus.md

.PHONY: bench bench-runtime growth changes layouts
bench: $(READY) ## Measure runs: make bench DOCUMENTS="a.json b.json", or CORPUS=...; PEERS=1 for others
	$(BIN)/python -m benchmarks $(DOCUMENTS) $(if $(PEERS),--peers) \
		$(if $(DOCUMENTS),,$(if $(wildcard $(CORPUS)),--corpus "$(CORPUS)"))

growth: $(READY) ## Measure how cost grows with the document
	$(BIN)/python -m benchmarks.growth

bench-runtime: $(READY) ## Measure packages beside others': make bench-runtime DOCUMENTS="a.json:operationId"
	$(BIN)/python -m benchmarks.runtime $(DOCUMENTS)

changes: $(READY) ## Measure runs after a change: make changes DOCUMENTS="a.json b.json"
	$(BIN)/python -m benchmarks.changes $(DOCUMENTS)

layouts: $(READY) ## Hold calque's layout against black's on real documents: make layouts CORPUS=...
	$(BIN)/python -m tests.layout "$(CORPUS)"

.PHONY: soak
soak: $(READY) ## Make 20,000 calls at once while one in twenty fails; move a gigabyte either way
	CALQUE_SOAK_CALLS=20000 CALQUE_SOAK_MEGABYTES=1024 $(BIN)/python -m pytest -q --durations=0 \
		tests/resilience/test_soak.py tests/resilience/test_memory.py
