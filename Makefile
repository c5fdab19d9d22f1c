# The face of the project. Every target does its own set-up and is quick the second time.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin

.PHONY: help setup run test coverage check lint fix lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: .venv/.ready ## create .venv with everything pinned

.venv/.ready: requirements/dev.txt pyproject.toml tools/setup
	@tools/setup "$(PYTHON)"

run: setup ## start the example environment and Atalaia watching it; Ctrl-C ends both
	@examples/production/run

test: setup ## all tests
	@tools/system-packages test
	@$(BIN)/python -m pytest $(PYTEST_ARGS)

coverage: setup ## every branch of the core is taken by the fast tests of tests/core
	@$(BIN)/python -m coverage run --source atalaia.core -m pytest tests/core -q -m "not oracle and not slow"
	@$(BIN)/python -m coverage report --fail-under=100 --show-missing --skip-covered

lint: setup ## style, types, import contracts, spelling
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/codespell

check: lint coverage test ## what CI runs: lint, coverage of the core, all tests

fix: setup ## let the machine repair what it can
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

lock: ## renew the pinned requirements from pyproject.toml (needs uv)
	@tools/lock

clean: ## remove everything that was built or installed
	rm -rf .venv .venv-production build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage
