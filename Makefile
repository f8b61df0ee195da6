# make run, make test: everything that a fresh machine needs is installed on the way.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: run test long lint bench clean lock words pictures

run: $(VENV)/runtime
	@$(BIN)/flask --app wsgi serve

test: $(VENV)/dev
	@BIN=$(BIN) sh tests/run.sh quick

long: $(VENV)/dev
	@BIN=$(BIN) sh tests/run.sh long

lint: $(VENV)/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/djlint --lint --quiet kimcms/templates

bench: $(VENV)/dev
	$(BIN)/python -m bench

# The English catalogue: run after a change of words on the portal's pages, then translate.
WORDS := kimcms/translations/en/LC_MESSAGES/messages
words: $(VENV)/dev
	$(BIN)/pybabel -q extract -F babel.cfg --no-location --no-wrap --sort-output --omit-header -o $(WORDS).pot kimcms
	$(BIN)/pybabel -q update --no-wrap --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date -l en -i $(WORDS).pot -o $(WORDS).po
	$(BIN)/pybabel -q compile -l en -i $(WORDS).po -o $(WORDS).mo
	@rm $(WORDS).pot

# The locks: run after a change of pyproject.toml.
lock: $(VENV)/dev
	$(BIN)/uv -q pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header -o requirements.txt
	$(BIN)/uv -q pip compile --group dev --universal --python-version 3.11 --generate-hashes --no-header -c requirements.txt -o requirements-dev.txt

$(VENV)/created:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "The venv module is missing: apt-get install python3-venv"; exit 1; }
	@touch $@

$(VENV)/runtime: $(VENV)/created requirements.txt requirements-editor.txt
	@echo "Installing the packages ..."
	@$(BIN)/pip install -q --require-hashes -r requirements.txt
	@$(BIN)/pip install -q --require-hashes --no-deps -r requirements-editor.txt
	@touch $@

$(VENV)/dev: $(VENV)/runtime requirements-dev.txt
	@$(BIN)/pip install -q --require-hashes -r requirements-dev.txt
	@touch $@

# The pictures of the guides, from a city that `make run` serves beside it.
pictures: $(VENV)/dev
	@CHROMIUM=$$($(BIN)/python tests/chromium.py) $(BIN)/python -m docs.pictures

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis build tests/.artifacts
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
