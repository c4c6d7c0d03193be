# Two commands for everybody: `make run` and `make test`. `make help` lists the rest.

PYTHON ?= python3
VENV   ?= .venv
PORT   ?= 8000
ROUNDS ?= 20
WORKERS ?= 3

PY       := $(VENV)/bin/python
PREPARE  := @$(PYTHON) -I portal/platform/environment.py
SIDE_BY_SIDE = -n $(WORKERS) --dist loadscope --no-loadscope-reorder
THROWAWAY = POSTGRES_HOME=$(CURDIR)/.data/test POSTGRES_DURABLE=0 DATABASE_URL= $(PY) -m portal.platform.embedded run --

export PORT
export PYTHONUNBUFFERED := 1
unexport PYTHONDONTWRITEBYTECODE # every process would compile all modules anew: five seconds each

.DEFAULT_GOAL := help
.PHONY: help run test gates faults lint format lock messages frontend clean forget

help: ## List the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## Start the portal with its demo data (PORT=8123 to choose another port)
	$(PREPARE) run $(VENV)
	@exec $(PY) -m portal.platform.up

test: ## Run the test suite on its own throw-away PostgreSQL (ARGS="-k name" to choose)
	$(PREPARE) dev $(VENV)
	@$(PY) -m portal.platform.messages && $(PY) -m portal.platform.frontend build install-dev
	@$(THROWAWAY) $(PY) -m pytest $(SIDE_BY_SIDE) -m "not gate and not long" $(ARGS)

gates: ## Walk the whole house for every role and in a browser, and play whole cases (ARGS as in test)
	$(PREPARE) dev $(VENV)
	@$(PY) -m portal.platform.messages && $(PY) -m portal.platform.frontend build install-dev
	@$(THROWAWAY) $(PY) -m pytest $(SIDE_BY_SIDE) -m gate $(ARGS)

faults: ## Run the fault tests many times over (ROUNDS=20)
	$(PREPARE) dev $(VENV)
	@$(PY) -m portal.platform.messages && $(PY) -m portal.platform.frontend build install-dev
	@ROUNDS=$(ROUNDS) $(THROWAWAY) $(PY) -m pytest -m faults $(ARGS)

lint: ## Check style, types, import contracts, migrations, schema, catalogues and the capability list
	$(PREPARE) dev $(VENV)
	@$(PY) -m portal.platform.lint

format: ## Put the Python source into the house's format
	$(PREPARE) dev $(VENV)
	@$(PY) -m ruff check --fix-only --quiet . && $(PY) -m ruff format .

lock: ## For maintainers: renew requirements*.lock and package-lock.json from what pyproject.toml and package.json ask
	$(PREPARE) dev $(VENV)
	@$(PY) -m portal.platform.lock

messages: ## Compile the message catalogues and list what still lacks a translation
	$(PREPARE) run $(VENV)
	@$(PY) -m portal.platform.messages compile report

frontend: ## Build stylesheets, scripts, fonts and icons into portal/static/build
	$(PREPARE) run $(VENV)
	@$(PY) -m portal.platform.frontend build

clean: ## Remove the environment and everything built; keeps the demo data
	rm -rf $(VENV) $(VENV).lock portal/frontend/node_modules portal/static/build .cache
	find portal recruitment graphql_api tests -name __pycache__ -prune -exec rm -rf {} + -o -name '*.mo' -exec rm -f {} +

forget: ## Delete the demo data: database, documents, mail
	@! test -x $(PY) || $(PY) -m portal.platform.embedded forget
	rm -rf .data
