# What a person types: `make serve` and `make test`. Each sets up all it needs, once.
.DEFAULT_GOAL := help
.PHONY: help serve build assets test engines quick coverage clients spark screenshots weigh pace scale bench siege soak fuzz translations lock clean
.DELETE_ON_ERROR:

PYTHON ?= python3
HOST := 127.0.0.1
PORT := 8000
MINUTES := 60
SEED := 1
# One for each processor of a small machine; tests of servers have deadlines and run alone.
WORKERS := 2
VENV := .venv
BABEL := $(VENV)/bin/pybabel --quiet
PIP := $(VENV)/bin/python -m pip --quiet --disable-pip-version-check
LOCKED := $(PIP) install --require-hashes --no-build-isolation

# The browser is the system's: installed where that can be done, and tests say so where it cannot.
BROWSER = command -v chromium chromium-browser google-chrome >/dev/null || { \
  [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && echo "Installing Chromium, to test the pages in it" \
  && apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk; } >&2 \
  || echo "There is no Chromium here and it cannot be installed: the tests in the browser are skipped"

help:  ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

serve: $(VENV)/.serve $(VENV)/.assets  ## build the graph and serve it (HOST=127.0.0.1 PORT=8000)
	@$(VENV)/bin/kg build
	@$(VENV)/bin/kg serve --host $(HOST) --port $(PORT)

build: $(VENV)/.serve  ## build the graph
	@$(VENV)/bin/kg build

assets: $(VENV)/.assets  ## build what browsers load: styles, scripts, fonts, maps

test: $(VENV)/.test $(VENV)/.assets  ## lint, check types, run the tests, check the graph
	@echo "ruff: style and common mistakes"
	@$(VENV)/bin/ruff check .
	@echo "mypy: types"
	@$(VENV)/bin/mypy
	@$(BROWSER)
	@echo "pytest: behaviour"
	@$(VENV)/bin/pytest --numprocesses $(WORKERS) --dist loadscope --no-loadscope-reorder -m "not alone and not thorough"
	@echo "pytest: servers under load, one test at a time"
	@$(VENV)/bin/pytest -m alone || { echo "What failed is run once more by itself: it may have had to wait for the machine"; \
	  $(VENV)/bin/pytest -m alone --last-failed --last-failed-no-failures none; }
	@echo "kg check: the facts"
	@$(VENV)/bin/kg check

engines: $(VENV)/.test $(VENV)/.assets  ## compare the page of every thing on Oxigraph's server and on Virtuoso
	@$(VENV)/bin/pytest --numprocesses 0 tests/engines

clients: $(VENV)/.clients  ## install Comunica, to test with it too, in tests/clients and a Node.js of its own

spark: $(VENV)/.spark  ## test the build on Spark, and compare it with the one in memory at SPARK="10000 1000000" statements
	@KG_REQUIRE_SPARK=1 $(VENV)/bin/pytest tests/kg/spark
	@$(VENV)/bin/python -m tests.bench.spark $(SPARK)

quick: $(VENV)/.test $(VENV)/.assets  ## run the tests that need no server and no browser
	@$(VENV)/bin/pytest --numprocesses $(WORKERS) --dist loadscope --no-loadscope-reorder -m "not server and not browser"

coverage: $(VENV)/.test $(VENV)/.assets  ## run the quick tests and list the lines that they leave out
	@$(VENV)/bin/pytest --numprocesses $(WORKERS) --dist loadscope --no-loadscope-reorder -m "not server and not browser" --cov

screenshots: $(VENV)/.test $(VENV)/.assets  ## take pictures of every kind of page, into .screenshots
	@$(BROWSER)
	@$(VENV)/bin/python -m tests.browser.shots

weigh: $(VENV)/.test $(VENV)/.assets  ## weigh every kind of page and time the server over it
	@$(BROWSER)
	@$(VENV)/bin/python -m tests.browser.weigh

pace: $(VENV)/.test $(VENV)/.assets  ## time pages with 1,000 and 1,000,000 synthetic statements among ours
	@$(VENV)/bin/python -m tests.bench.pages

scale: $(VENV)/.test $(VENV)/.assets  ## measure builds, pages and queries as the graph grows (SIZE=1000,1000000)
	@$(VENV)/bin/python -m tests.bench.scale --sizes $(or $(SIZE),1000,1000000)

bench: $(VENV)/.bench $(VENV)/.assets  ## compare the server with its peers (BENCH="--sizes 2000 --rounds 3"; --help lists all)
	@$(VENV)/bin/python -m tests.bench.run $(BENCH)

siege: $(VENV)/.test $(VENV)/.assets  ## lay siege to a server of our own: connections, queries, kills, builds
	@$(VENV)/bin/kg build
	@$(VENV)/bin/python -m tests.siege.run

soak: $(VENV)/.test $(VENV)/.assets  ## soak a server of our own for an hour: readers, expensive queries, kills, new builds (MINUTES=60 SEED=1)
	@$(VENV)/bin/python -m tests.siege.soak --minutes $(MINUTES) --seed $(SEED)

fuzz: $(VENV)/.test $(VENV)/.assets  ## send a server of our own 10,000 broken requests
	@$(VENV)/bin/kg build
	@$(VENV)/bin/python -m tests.siege.fuzz

translations: $(VENV)/.serve  ## list new texts of the interface in kg/translations, to be translated there
	@$(BABEL) extract --mapping-file pyproject.toml --keyword gettext_noop --add-location file \
	  --sort-output --no-wrap --ignore-dirs "node_modules static .*" --output-file $(VENV)/texts.pot .
	@for file in kg/translations/*.po; do \
	  $(BABEL) update --input-file $(VENV)/texts.pot --output-file $$file --locale $$(basename $$file .po) \
	    --no-wrap --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date || exit 1; \
	done

lock: $(VENV)/.serve  ## renew .lock/ from pyproject.toml (versions and hashes)
	@$(PIP) install uv
	@for set in "install" "serve" "test" "bench" "spark" "node"; do \
	  case $$set in \
	    install) from="--group install" ;; \
	    serve) from="pyproject.toml --extra mcp --group install" ;; \
	    test) from="pyproject.toml --extra mcp --group install --group dev" ;; \
	    spark) from="pyproject.toml --extra mcp --extra spark --group install --group dev" ;; \
	    bench) from="--group install --group bench" ;; \
	    node) from="--group node" ;; \
	  esac; \
	  echo "locking .lock/$$set.txt"; \
	  $(VENV)/bin/uv pip compile $$from --generate-hashes --universal --upgrade --quiet \
	    --python-version 3.11 --no-header --no-annotate --output-file .lock/$$set.txt || exit 1; \
	done

clean:  ## remove the virtual environment, what was built and every build of the graph
	rm -rf $(VENV) .builds web/static web/assets/node_modules tests/clients/node_modules

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

# Scripts and styles come from npm; where the machine has none, from the Node.js of a Python package.
$(VENV)/.assets: $(shell find web/assets -type f -not -path '*/node_modules/*' 2>/dev/null) .lock/node.txt $(VENV)/.install
	@command -v npm >/dev/null || { echo "Installing Node.js"; $(LOCKED) --requirement .lock/node.txt; }
	@echo "Building what browsers load"
	@cd web/assets && PATH="$$PATH:$(abspath $(VENV))/bin" && npm ci --silent && npm run --silent build
	@touch $@

# Comunica needs a newer Node.js than many systems have, so it is always the locked one.
$(VENV)/.clients: .lock/node.txt tests/clients/package-lock.json tests/clients/.npmrc $(VENV)/.install
	@echo "Installing Comunica and a Node.js for it"
	@$(PYTHON) -m venv $(VENV)/node
	@$(VENV)/node/bin/python -m pip --quiet --disable-pip-version-check install --require-hashes --requirement .lock/node.txt
	@cd tests/clients && PATH="$(abspath $(VENV))/node/bin:$$PATH" npm ci --silent
	@touch $@

$(VENV)/.spark: .lock/spark.txt $(VENV)/.test
	@echo "Installing PySpark (400 MB)"
	@$(LOCKED) --requirement .lock/spark.txt
	@touch $@

# Apart from ours, so that what the peers need cannot change what we run.
$(VENV)/.bench: .lock/bench.txt $(VENV)/.test
	@echo "Installing the servers to compare with"
	@$(PYTHON) -m venv $(VENV)/bench
	@$(VENV)/bench/bin/python -m pip --quiet --disable-pip-version-check install --require-hashes --no-build-isolation --requirement .lock/bench.txt
	@touch $@
