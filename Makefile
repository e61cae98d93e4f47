# The chores. A target with a `##` text is listed by bare `make` and told in README.md.
BIN := .venv/bin
PORT ?= 8501
TESTS ?= tests

.PHONY: help setup start staff test check format browser postgres nginx pdf outside bench load stress leak-test lock clean

help:
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-9s %s\n", $$1, $$2}' Makefile

setup: ## Make .venv with everything pinned in requirements.lock
	@scripts/setup.sh

start: setup ## Build the site, then serve it and the wizard on port 8501 (or PORT=...)
	@scripts/start.sh $(PORT)

staff: setup ## Build the internal staff site into site-staff/ (SINCE=v1.0 tells what changed since)
	@$(BIN)/helptree build --audience staff $(if $(SINCE),--since $(SINCE))

test: setup check browser postgres nginx pdf outside ## Run all checks and tests (TESTS=tests/... and PYTEST_ARGS=... for some)
	@$(BIN)/pytest -n logical --dist loadgroup $(TESTS) $(PYTEST_ARGS)

check: setup ## Lint and type-check the code, check content, schemas and lock
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --check --quiet || { echo "Repair: make format"; exit 1; }
	@$(BIN)/mypy
	@$(BIN)/helptree check
	@$(BIN)/helptree schema --check
	@$(BIN)/pytest -q tests/house/test_lock.py

format: setup ## Format the code and repair what ruff can
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format

browser: setup ## Find or install a Chromium for the browser tests
	@scripts/browser.sh

postgres: setup ## Find or install a PostgreSQL for the tests of feedback
	@scripts/postgres.sh

nginx: setup ## Find or install an nginx for the tests of deploy/nginx.conf
	@scripts/nginx.sh

pdf: setup ## Find or install Pango, which the PDF of the staff reference needs
	@scripts/pdf.sh

outside: setup ## Find or install gettext and poppler, which the tests ask about our catalogs and PDFs
	@scripts/outside.sh

bench: setup browser nginx ## Measure the budgets
	@$(BIN)/python -m bench

load: setup nginx ## Measure 100 readers on one process, beside a hello-world; then on two, one of them killed; about four minutes
	@$(BIN)/python -m bench.load

stress: setup browser postgres nginx ## Run the long random tests
	@$(BIN)/pytest -n logical -m stress $(PYTEST_ARGS)

leak-test: setup ## Search 300 random trees' public output for what only staff may know; some minutes
	@$(BIN)/pytest -n logical -m "leak or not leak" tests/leaks $(PYTEST_ARGS)

lock: setup ## Pin the libraries of pyproject.toml anew (LOCK_ARGS=--upgrade for newer ones)
	@$(BIN)/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 \
		--fork-strategy fewest --generate-hashes --no-config --quiet \
		--custom-compile-command "make lock" --output-file requirements.lock $(LOCK_ARGS)

clean: ## Remove what can be made again: .venv, site, generated pages, caches
	@git clean -fdqX -- .venv site site-staff docs docs-staff src tests .cache .mypy_cache .pytest_cache .ruff_cache .hypothesis
