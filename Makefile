# Everything a contributor types. `make site` and `make test` set up what they need; nothing has to be installed first
# but Python 3.11 or newer, git and make.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet

LOCK := --upgrade --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	--no-emit-index-url --no-emit-find-links

# The theme prints a notice about MkDocs 2 at every build. We stay below 2 on purpose (docs/dependencies.md).
export NO_MKDOCS_2_WARNING := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help site offline test lint types check schemas docs serve bench lock chromium editor clean

help: ## list what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

site: $(VENV)/site.done ## build the whole site into site/
	$(BIN)/mkdocs build --strict
	@echo "The site is in site/: open site/index.html through a web server, or type 'make serve'."

offline: $(VENV)/site.done ## pack the site into one zip that works without a network
	$(BIN)/mkdocs build --strict --config-file offline.yml
	cd dist/offline && rm -f ../causebook-offline.zip && ../../$(BIN)/python -m zipfile -c ../causebook-offline.zip *
	@echo "dist/causebook-offline.zip is made: unpack it and open index.html."

test: $(VENV)/dev.done chromium editor lint types ## run every check and every test, browser ones included
	$(BIN)/causebook check
	$(BIN)/pytest --numprocesses auto

lint: $(VENV)/dev.done ## look at the style of the code
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .

types: $(VENV)/dev.done ## check the types
	$(BIN)/mypy --no-error-summary

check: $(VENV)/site.done ## say everything that is wrong with the data
	$(BIN)/causebook check

schemas: $(VENV)/site.done ## write what editors need to complete and check YAML
	$(BIN)/causebook schemas

docs: $(VENV)/site.done ## write the data reference and the list of commands
	$(BIN)/causebook docs

serve: $(VENV)/site.done ## show the site while you edit, at http://127.0.0.1:8000
	$(BIN)/mkdocs serve

bench: $(VENV)/dev.done ## measure speed, memory and size on books of 500, 2,000 and 10,000 entries
	$(BIN)/python benchmarks/bench.py

lock: $(VENV)/dev.done ## choose the newest versions of all dependencies and pin them with their hashes
	$(BIN)/uv pip compile pyproject.toml --group build $(LOCK) --output-file requirements/site.txt
	$(BIN)/uv pip compile pyproject.toml --group dev $(LOCK) --output-file requirements/dev.txt

clean: ## delete what was made: the site and the environment
	rm -rf site dist .cache $(VENV)

chromium:
	@sh tests/browser/install-chromium.sh

editor:
	@sh tests/editor/install.sh

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed: make $(MAKECMDGOALS) PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -m venv $(VENV) \
		|| { rm -rf $(VENV); echo "Python's venv module is missing: on Debian or Ubuntu, install python3-venv"; exit 1; }

$(VENV)/site.done: requirements/site.txt pyproject.toml | $(VENV)/bin/python
	$(PIP) --require-hashes --requirement requirements/site.txt
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/dev.done: requirements/dev.txt pyproject.toml | $(VENV)/bin/python
	$(PIP) --require-hashes --requirement requirements/dev.txt
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@
