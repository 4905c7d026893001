# The portal's commands. `make demo` and `make test` set up what they need by themselves.
PYTHON ?= python3
PORT ?= 8000
PY = .venv/bin/python
LOCK = $(PY) -m uv pip compile --universal --python-version 3.11 --no-strip-extras --generate-hashes --quiet --only-binary :all: $(PURE) --emit-build-options --custom-compile-command "make lock"
# Pure Python of which there is no wheel; nothing else is ever built on a user's machine.
PURE = --no-binary docopt --no-binary yattag
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test gallery coverage lint mutants format lock words states permissions integrity schema migrations-check stop

## Running

demo: ## Serve the portal with demonstration data at http://localhost:8000 (PORT=… for another)
	@$(PYTHON) bootstrap.py demo
	@DEMO=1 SITE_URL=http://localhost:$(PORT) $(PY) manage.py prepare_demo --port $(PORT)
	@DEMO=1 exec $(PY) manage.py serve_demo --port $(PORT) --with-parent

stop: ## End the demonstration of this checkout, wherever it was started
	@$(PYTHON) -m demonstration.serving.running

## Checking

test: ## Run every test: real PostgreSQL, Redis, worker and browser (ARGS=… for pytest)
	@$(PYTHON) bootstrap.py test
	@$(PY) -m pytest -n auto $(ARGS)

gallery: ## Make every letter in three languages, sealed and checked, into a folder (FOLDER=… for another than .data/gallery)
	@$(PYTHON) bootstrap.py test
	TESTING=1 $(PY) -m tests.documents.gallery $(or $(FOLDER),.data/gallery)

coverage: ## Run every test and say how much of each room it ran; fails where one is below its floor
	@$(PYTHON) bootstrap.py test
	@$(PY) -m coverage erase
	@$(PY) -m pytest -n auto --cov --cov-report= $(ARGS)
	@$(PY) -m tests.covering

lint: ## Style, types, layers, templates, and what is generated from the code
	@$(PYTHON) bootstrap.py test
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -c "from importlinter.cli import lint_imports_command as lint; lint()" --no-cache
	$(PY) -m djlint templates --lint --quiet
	$(PY) bootstrap.py node node_modules/@biomejs/biome/bin/biome check --error-on-warnings
	TESTING=1 $(PY) manage.py makemigrations --check --dry-run
	TESTING=1 $(PY) manage.py draw_states --check
	TESTING=1 $(PY) manage.py dump_schema --check
	TESTING=1 $(PY) -m mypy accounts bulk charts clusters documents drafts exports files inputs jobs links lists notices saved_views texts conduct vouchers reports dashboards demonstration

migrations-check: ## Say what an empty database costs, from the dump and from the migrations
	@$(PYTHON) bootstrap.py test
	@TESTING=1 $(PY) -m benchmarks.empty_database

mutants: ## Put faults into a room, one at a time, and name those that no test finds (ROOM=payments, ROOM=scoring/ranking)
	@$(PYTHON) bootstrap.py test
	@$(PY) -m tests.mutating $(ROOM) $(ARGS)

format: ## Put code into its form
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .
	$(PY) bootstrap.py node node_modules/@biomejs/biome/bin/biome check --write

## Making what is kept in the repository

lock: ## Lock every package, with hashes, for every Python and machine that is supported
	$(LOCK) pyproject.toml --extra demo --upgrade -o requirements.txt
	$(LOCK) pyproject.toml --extra demo --extra dev -c requirements.txt --upgrade -o requirements-dev.txt
	$(LOCK) pyproject.toml -c requirements.txt --upgrade -o requirements-production.txt
	$(LOCK) requirements-node.in --upgrade -o requirements-node.txt
	$(LOCK) requirements-uv.in --upgrade -o requirements-uv.txt
	@for python in 3.11 3.12 3.13 3.14; do for machine in x86_64 aarch64; do \
		echo "wheels for Python $$python on $$machine …"; \
		$(PY) -m uv pip install --quiet --dry-run --require-hashes --target .data/no-target \
			--python-version $$python --python-platform $$machine-manylinux_2_28 \
			-r requirements-dev.txt -r requirements-node.txt -r requirements-uv.txt || exit 1; \
	done; done

words: ## Collect what is to be translated into locale/
	TESTING=1 $(PY) manage.py makemessages -l fr -l ar --no-obsolete --no-wrap --add-location file -i .venv -i node_modules -i staticfiles -i tests

states: ## Draw every state machine into docs/states.md
	TESTING=1 $(PY) manage.py draw_states

permissions: ## Write down what every address answers to every role, into tests/access/table.md
	$(PY) -m pytest tests/access --write-table

schema: ## Write the tables that the migrations make into the dump which empty databases begin with
	@$(PYTHON) bootstrap.py test
	TESTING=1 $(PY) manage.py dump_schema

integrity: ## Write down what the database refuses by itself, into docs/integrity.md
	$(PY) -m pytest tests/integrity --write-table
