# What a person types: `make serve` and `make test`. Each sets up all it needs, once.
.DEFAULT_GOAL := help
.PHONY: help serve build test bench siege fuzz lock clean
.DELETE_ON_ERROR:

PYTHON ?= python3
HOST := 127.0.0.1
PORT := 8000
VENV := .venv
PIP := $(VENV)/bin/python -m pip --quiet --disable-pip-version-check
LOCKED := $(PIP) install --require-hashes --no-build-isolation

help:  ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

serve: $(VENV)/.serve  ## build the graph and serve it (HOST=127.0.0.1 PORT=8000)
	@$(VENV)/bin/kg build
	@$(VENV)/bin/kg serve --host $(HOST) --port $(PORT)

build: $(VENV)/.serve  ## build the graph
	@$(VENV)/bin/kg build

test: $(VENV)/.test  ## lint, check types, run the tests, check the graph
	@echo "ruff: style and common mistakes"
	@$(VENV)/bin/ruff check .
	@echo "mypy: types"
	@$(VENV)/bin/mypy
	@echo "pytest: behaviour"
	@$(VENV)/bin/pytest
	@echo "kg check: the facts"
	@$(VENV)/bin/kg check

bench: $(VENV)/.bench  ## compare the server with its peers (BENCH="--sizes 2000 --rounds 3"; --help lists all)
	@$(VENV)/bin/python -m tests.bench.run $(BENCH)

siege: $(VENV)/.test  ## lay siege to a server of our own: queries that no server should answer
	@$(VENV)/bin/kg build
	@$(VENV)/bin/python -m tests.siege.killers

fuzz: $(VENV)/.test  ## send a server of our own 10,000 broken requests
	@$(VENV)/bin/kg build
	@$(VENV)/bin/python -m tests.siege.fuzz

lock: $(VENV)/.serve  ## renew .lock/ from pyproject.toml (versions and hashes)
	@$(PIP) install uv
	@for set in "install" "serve" "test" "bench"; do \
	  case $$set in \
	    install) from="--group install" ;; \
	    serve) from="pyproject.toml --group install" ;; \
	    test) from="pyproject.toml --group install --group dev" ;; \
	    bench) from="--group install --group bench" ;; \
	  esac; \
	  echo "locking .lock/$$set.txt"; \
	  $(VENV)/bin/uv pip compile $$from --generate-hashes --universal --upgrade --quiet \
	    --python-version 3.11 --no-header --no-annotate --output-file .lock/$$set.txt || exit 1; \
	done

clean:  ## remove the virtual environment and every build
	rm -rf $(VENV) .builds

$(VENV)/.install: .lock/install.txt
	@echo "Making a virtual environment in $(VENV)"
	@$(PYTHON) -m venv $(VENV)
	@$(LOCKED) --requirement .lock/install.txt
	@touch $@

$(VENV)/.serve: .lock/serve.txt pyproject.toml $(VENV)/.install
	@echo "Installing the locked packages (a minute on a new machine)"
	@$(LOCKED) --requirement .lock/serve.txt
	@$(PIP) install --no-build-isolation --no-deps --editable .
	@touch $@

$(VENV)/.test: .lock/test.txt $(VENV)/.serve
	@echo "Installing the locked test tools"
	@$(LOCKED) --requirement .lock/test.txt
	@touch $@

# Apart from ours, so that what the peers need cannot change what we run.
$(VENV)/.bench: .lock/bench.txt $(VENV)/.test
	@echo "Installing the servers to compare with"
	@$(PYTHON) -m venv $(VENV)/bench
	@$(VENV)/bench/bin/python -m pip --quiet --disable-pip-version-check install --require-hashes --no-build-isolation --requirement .lock/bench.txt
	@touch $@
