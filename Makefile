# The few words of this project, the same by hand and in CI. `make demo` needs nothing but
# make, git and Python 3.11 to 3.14.

VENV := .venv/bin
EXAMPLE := examples/tidewater
WORKERS ?= 2# test processes; 0 runs all in one
TESTS ?= tests
MEASURED := --cov --cov-branch --cov-report=term:skip-covered --cov-fail-under=90

.PHONY: help setup llama weights weights-all demo gallery check test test-setup test-llama test-pythons test-soak bench lock clean

help: ## these lines
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 14

setup: ## make .venv from the locks; instant when nothing changed
	@scripts/setup

weights: setup ## pull the example's weights, fonts and pictures (about 140 MB, once)
	@$(VENV)/python scripts/pull-weights

weights-all: setup ## pull everything in the catalogue (about 260 MB, once)
	@$(VENV)/python scripts/pull-weights --all

llama: setup ## llama.cpp and a small language model, which write headlines (130 MB, once)
	@scripts/setup llama
	@$(VENV)/python scripts/pull-weights smollm2

demo: weights ## make the example film
	@$(VENV)/python $(EXAMPLE)/prepare.py
	$(VENV)/berg make $(EXAMPLE)/brief.yaml --out out/tidewater
	@echo
	@echo "The films: out/tidewater/index.html (open it in a browser)"
	@echo "Next: change a word in $(EXAMPLE)/brief.yaml, then  $(VENV)/berg plan $(EXAMPLE)/brief.yaml"

gallery: weights-all ## make the gallery's ten films, and a page of them: out/gallery/
	@$(VENV)/python examples/gallery/prepare.py
	@for film in examples/gallery/*/brief.yaml; do \
		name=$$(basename $$(dirname $$film)); \
		$(VENV)/berg make $$film --out out/gallery/$$name || exit 1; \
	done

check: setup ## format, lint, types, imports
	@echo "== ruff format"; $(VENV)/ruff format --check .
	@echo "== ruff check"; $(VENV)/ruff check .
	@echo "== mypy"; $(VENV)/mypy
	@echo "== lint-imports"; $(VENV)/lint-imports --no-logo

test: weights-all ## run all tests but those of the targets below; COVERAGE=1 measures branches, too
	@rm -f .coverage .coverage.*
	$(VENV)/python -m pytest $(TESTS) -m "not soak" --ignore tests/setup -n $(WORKERS) \
		--dist loadfile --no-loadscope-reorder $(if $(COVERAGE),$(MEASURED))

test-setup: setup ## the tests of set-up: from indexes where all is newer, killed, without room
	$(VENV)/python -m pytest tests/setup -n $(WORKERS) --dist loadfile

test-llama: llama ## the tests with a real language model, which `make test` leaves out without it
	$(VENV)/python -m pytest tests/runtimes/llama tests/steps/text tests/lines/posters/test_poster_labels.py

test-pythons: weights-all ## set-up and the fast tests under each other Python found here (3.11 to 3.14)
	@scripts/test-pythons -n $(WORKERS)

test-soak: weights-all ## the long tests: the full-size film killed again and again
	$(VENV)/python -m pytest $(TESTS) -m soak

bench: weights-all ## measure, and rewrite docs/benchmarks.md
	@$(VENV)/python $(EXAMPLE)/prepare.py
	$(VENV)/python -m bench

lock: ## write the locks from pyproject.toml; UPGRADE=1 takes the newest of everything
	@scripts/setup uv
	@scripts/lock $(if $(UPGRADE),--upgrade)
	@scripts/setup

clean: ## remove what was made here; berg's home stays
	rm -rf .venv out build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	rm -rf $(EXAMPLE)/photos .coverage .coverage.*
