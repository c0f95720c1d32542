# Needs Python 3.11 or newer, make and git; everything else is fetched into .venv.

# The first of these that is new enough and can make environments.
# Name another one with `make PYTHON=/path/to/python`.
PYTHON ?= $(shell for python in python3.11 python3 python3.12 python3.13 python3.14; do \
	$$python -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& { echo $$python; break; }; done)

BIN = .venv/bin
# One environment, two stamps: with what the site needs, and with what the tests need besides.
# Whoever has the second needs nothing more for the site.
SITE_SET_UP = .venv/set-up-site
SET_UP = .venv/set-up
SITE_READY = $(or $(wildcard $(SET_UP)),$(SITE_SET_UP))
# uv installs in a tenth of the time. Most of what is installed never runs here, so only what `okr`
# needs is compiled beforehand.
INSTALL = $(if $(shell command -v uv),uv pip install --quiet --python $(BIN)/python, \
	$(BIN)/python -m pip --disable-pip-version-check install --quiet --no-compile)

.DEFAULT_GOAL = help
.PHONY: help site serve check test test-all lint format docs lock clean

help: ## Show this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1	\2/p' Makefile

site: $(SITE_READY) ## Check the OKRs, write their pages and build the site into site/
	$(BIN)/okr build

serve: $(SITE_READY) ## Show the site in a browser and rebuild it on every edit
	$(BIN)/okr serve

check: $(SITE_READY) ## Check the OKRs
	$(BIN)/okr check

test: lint ## Run all checks of the code and the tests, but for the nightly ones
	$(BIN)/pytest -n auto --dist worksteal -rfEs -m 'not nightly'

test-all: lint ## The same with the nightly tests, which take longer
	$(BIN)/pytest -n auto --dist worksteal -rfEs

lint: $(SET_UP) ## Check style, types and layers
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(SET_UP) ## Put the code into the house format
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

docs: $(SET_UP) ## Write the reference pages and the outputs in README and tutorial anew
	$(BIN)/python generator/docs_tools/reference_pages.py
	$(BIN)/python generator/docs_tools/rule_pages.py
	$(BIN)/python generator/docs_tools/conformance_page.py
	$(BIN)/python generator/docs_tools/replay.py

LOCK = uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock' --quiet

# Keeps the versions it finds in the locks; `make lock UPGRADE=--upgrade` takes the newest ones.
# What the site needs has the same version in both, so that either may come first.
lock: ## Write both requirements locks anew from pyproject.toml (needs uv)
	$(LOCK) --extra site --extra pdf --group dev $(UPGRADE) --output-file requirements.lock
	$(LOCK) --extra site --extra pdf --group build $(UPGRADE) --constraint requirements.lock \
		--no-annotate --output-file requirements-site.lock

clean: ## Remove the environment, the site and what the tools left behind
	rm -rf .venv site build dist
	rm -rf .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache

# `okr` itself is built with the locked hatchling, so that nothing is fetched without a hash.
define SET_UP_FROM
	@if [ -z '$(PYTHON)' ]; then \
		echo 'okrdocs needs Python 3.11 or newer with its venv module, and found none.' >&2; \
		echo 'Install it (Debian, Ubuntu: python3 and python3-venv), or name yours:' >&2; \
		echo 'make PYTHON=/path/to/python3.11' >&2; \
		exit 1; \
	fi
	$(PYTHON) -m venv .venv
	$(INSTALL) --require-hashes --requirement $<
	$(INSTALL) --no-deps --no-build-isolation --editable .
	@cd .venv/lib/python*/site-packages && ../../../bin/python -m compileall -q -j 0 \
		jinja2 markdown markupsafe material mkdocs pygments pymdownx watchfiles yaml >/dev/null
	@$(BIN)/python -m compileall -q generator
	@PYTHONDONTWRITEBYTECODE= $(BIN)/python -c 'from okrdocs.pages import render; render.compile_templates()'
	@touch $@
endef

$(SITE_SET_UP): requirements-site.lock pyproject.toml
	$(SET_UP_FROM)

$(SET_UP): requirements.lock pyproject.toml
	$(SET_UP_FROM)
