# CMCoord Training Atlas. `make` alone lists what there is.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help dashboard build check test test-fast lint bench clean venv data browser

# An environment that happens to be active must not leak into ours.
unexport VIRTUAL_ENV PYTHONPATH PYTHONHOME
export PYTHON

python := .venv/bin/python
port := $(if $(PORT),--server.port "$(PORT)")
# Each core starts a dashboard and a browser once, and takes tests from the other when it has none left.
cores := -n auto --maxprocesses 4 --dist worksteal
headless := $(if $(filter-out 0 no false,$(HEADLESS)),--server.headless true)
address := $(if $(ADDRESS),--server.address "$(ADDRESS)")

# Only the command line counts: many shells carry a BROWSER of their own.
ifeq ($(origin BROWSER) $(BROWSER),command line none)
without_browser := yes
endif

help: ## This list
	@grep -E '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## /\1\t/' | while IFS=$$'\t' read -r name text; do printf '  make %-10s %s\n' "$$name" "$$text"; done

dashboard: venv data ## Open the dashboard (PORT=8600, HEADLESS=1, ADDRESS=0.0.0.0)
	@exec $(python) -m streamlit run dashboard/app.py $(port) $(headless) $(address)

build: venv ## Build the tables in data/processed from data/raw
	@$(python) -m etl build

check: venv ## Judge one workbook and write nothing (MATRIX=path/to/matrix.xlsx)
	@$(if $(MATRIX),,echo "error: say which workbook: make check MATRIX=path/to/matrix.xlsx" >&2; exit 2;) $(python) -m etl check "$(MATRIX)"

test: venv $(if $(without_browser),,browser) ## Run all tests (BROWSER=none leaves the browser tests out)
ifdef without_browser
	@echo "BROWSER=none: the browser tests are left out." >&2
	@$(python) -m pytest $(cores) -m "not browser"
else
	@$(python) -m pytest $(cores)
endif

lint: venv ## Lint, format check and types (ruff, mypy)
	@$(python) -m ruff check . && $(python) -m ruff format --check . && $(python) -m mypy

test-fast: venv ## Run the tests that need no browser, no page, no office program and little time
	@$(python) -m pytest $(cores) -m "not app and not browser and not office and not slow"

bench: venv browser ## Measure the build, the pages, the figures and the first chart against their targets
	@$(python) -m tools.bench

clean: ## Remove the virtual environment and what the tests leave behind (never data)
	@rm -rf .venv .pytest_cache .hypothesis ./*.egg-info
	@find etl dashboard tests tools -name __pycache__ -type d -prune -exec rm -rf {} +

venv:
	@bash tools/setup.sh

data: venv
	@$(python) -m tools.stale || $(python) -m etl build || { echo "To open the dashboard on the tables that were built last: .venv/bin/streamlit run dashboard/app.py" >&2; exit 1; }

browser: venv
	@$(python) -m tools.browser >/dev/null
