# Every command a developer types. `make` alone lists them.

.DEFAULT_GOAL := help
.PHONY: help setup dashboard docs run test faults check fix schema licences lock agent-wheel bench

DIST ?= dist

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## make .venv with everything in it; nothing to do when it is up to date
	@dev/setup

dashboard: setup ## build the dashboard; nothing to do when it is up to date
	@dev/dashboard build

docs: setup ## build the documentation site; nothing to do when it is up to date
	@dev/docs build

# Where npm cannot be reached (3), the rest goes on without the dashboard.
run: setup docs ## start the product here (PORT=8000): database, Redis, web, worker; Ctrl-C stops it
	@dev/dashboard build || [ $$? -eq 3 ]
	@exec .venv/bin/zenmode up$(if $(PORT), --port $(PORT))

test: setup docs ## run every test
	@dev/dashboard build && dev/dashboard test || [ $$? -eq 3 ]
	@.venv/bin/pytest -n 2 --dist loadgroup

faults: setup ## inject every fault many times, for many minutes; `make test` does it in short
	ZENMODE_TEST_FAULTS=long .venv/bin/pytest tests/faults -s

check: setup ## say what is wrong with style, types, imports and generated files
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/mypy --platform win32 --cache-dir .mypy_cache/windows -p zenmode_agent
	.venv/bin/lint-imports
	.venv/bin/bandit -q -c pyproject.toml -r app
	.venv/bin/python dev/secrets
	.venv/bin/python dev/licences | diff -u docs/licences.md -
	.venv/bin/zenmode schema | diff -u schema.graphql -
	.venv/bin/zenmode openapi | diff -u openapi.json -
	dev/dashboard check

fix: setup ## put right what a program can put right
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .
	dev/dashboard fix

schema: setup ## write schema.graphql and openapi.json anew from the code
	.venv/bin/zenmode schema >schema.graphql
	.venv/bin/zenmode openapi >openapi.json

licences: setup ## write docs/licences.md anew
	.venv/bin/python dev/licences >docs/licences.md

lock: setup ## write the locks anew, with the newest versions that pyproject.toml allows
	dev/lock --upgrade

agent-wheel: setup ## build the agent's wheel, for computers without the server, in dist/
	@rm -rf agent/build
	@.venv/bin/python -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir $(DIST) ./agent
	@ls $(DIST)/zenmode_agent-*.whl

bench: setup ## measure, and compare with what was measured before
	.venv/bin/python -m bench
