# Konbit: `make plan` sets everything up and plans Haiti; `make help` lists the rest.
# Written for GNU make 3.81 and newer, so that the one that comes with macOS will do.

BIN := .venv/bin
WORKERS ?= 2
DOSSIER ?= dossiers/haiti
OUT ?= build/$(notdir $(DOSSIER))
PORT ?= 8000
MINUTES ?= 5
KILLS ?= 30
SUITE ?= --sizes S --seeds 3
LOCKED := uv.lock pyproject.toml scripts/bootstrap.sh

export PYTHON

.DEFAULT_GOAL := help
.PHONY: help plan serve test check bench soak docs clean

help: ## This list
	@grep -E '^[a-z]+:.*##' Makefile | sed -e 's/:.*## /	/' | awk -F'\t' '{ printf "make %-8s %s\n", $$1, $$2 }'

plan: .venv/.planning ## Plan Haiti (or DOSSIER=...) into build/: brief, workbook, tables
	$(BIN)/konbit plan $(DOSSIER) --out $(OUT)

serve: .venv/.serving ## Serve the system of record with Haiti (or DOSSIER=...) on localhost:8000
	$(BIN)/konbit serve $(DOSSIER) --port $(PORT)$(if $(DATA), --data $(DATA))

# Hundreds of tests start a program: each module is compiled once for all of them, also where Python
# was told to keep nothing beside its source. Tests of a file share what they make: they stay together.
test: .venv/.developing ## All tests
	env -u PYTHONDONTWRITEBYTECODE PYTHONPYCACHEPREFIX="$(CURDIR)/build/bytecode" \
		$(BIN)/pytest -n $(WORKERS) --dist loadfile

check: .venv/.developing ## Lint, format, types, import contract, dependencies
	@echo "ruff: lint"; $(BIN)/ruff check .
	@echo "ruff: format"; $(BIN)/ruff format --check .
	@echo "mypy: types"; $(BIN)/mypy
	@echo "import-linter: which room may import which"; $(BIN)/lint-imports
	@echo "deptry: dependencies used and declared"; $(BIN)/deptry .

# QUICK=1: only a smoke run on the smallest drawn missions, with what the tests need and no more.
bench: $(if $(QUICK),.venv/.developing,.venv/.benching) ## Time Haiti (cold, gap, memory); look back; drawn missions beside others (SUITE=...); one more pledge; audits
ifeq ($(QUICK),)
	$(BIN)/python benchmarks/haiti.py
	$(BIN)/python docs/print_outputs.py --check docs/explanation/looking-back.md docs/explanation/shocks-to-haiti.md
	$(BIN)/python benchmarks/planner.py $(SUITE)
	$(BIN)/python benchmarks/shocks.py
	$(BIN)/python benchmarks/record.py
	$(BIN)/python benchmarks/ledger.py
	$(BIN)/python benchmarks/one_more_pledge.py
	$(BIN)/python benchmarks/audit.py
	$(BIN)/python benchmarks/log_in_database.py
else
	$(BIN)/python benchmarks/planner.py --quick
	$(BIN)/python benchmarks/shocks.py --quick
	$(BIN)/python benchmarks/one_more_pledge.py --quick
endif

soak: .venv/.developing ## Eight people for MINUTES with KILLS; the last money raced for; the ledger killed under load; thousands of steps of its model; changed bytes
	$(BIN)/python benchmarks/soak.py --minutes $(MINUTES) --kills $(KILLS)
	$(BIN)/python benchmarks/mandate_soak.py
	$(BIN)/python benchmarks/audit.py --bytes 10000
	$(BIN)/python benchmarks/ledger_race_soak.py
	$(BIN)/python benchmarks/ledger_kill_soak.py
	$(BIN)/python benchmarks/ledger_model_soak.py
	$(BIN)/python benchmarks/ledger_database_soak.py

docs: .venv/.developing ## Write reference pages, and what commands print, into the docs again
	$(BIN)/python docs/generate_reference.py
	$(BIN)/python docs/print_outputs.py
	$(BIN)/python docs/draw_images.py

clean: ## Take away everything that make made
	rm -rf .venv .uv-bootstrap build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

# Stamps: planning installs neither the web nor what only tests or benchmarks need, and none undoes
# another.
.venv/.planning: $(LOCKED)
	@sh scripts/bootstrap.sh
	@touch $@

.venv/.serving: $(LOCKED)
	@sh scripts/bootstrap.sh --web
	@touch $@ .venv/.planning

.venv/.developing: $(LOCKED)
	@sh scripts/bootstrap.sh --dev
	@touch $@ .venv/.planning .venv/.serving

.venv/.benching: $(LOCKED)
	@sh scripts/bootstrap.sh --bench
	@touch $@ .venv/.developing .venv/.planning .venv/.serving
