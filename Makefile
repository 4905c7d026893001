# The portal's commands. `make demo` and `make test` set up what they need by themselves.
PYTHON ?= python3
PORT ?= 8000
VENV = .venv/bin
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test lint mutants format lock words states permissions stop

## Running

demo: ## Serve the portal with demonstration data at http://localhost:8000 (PORT=… for another)
	@$(PYTHON) bootstrap.py demo
	@DEMO=1 $(VENV)/python manage.py prepare_demo
	@DEMO=1 $(VENV)/python manage.py serve_demo --port $(PORT)

## Checking

test: ## Run every test: real PostgreSQL, Redis, worker and browser (ARGS=… for pytest)
	@$(PYTHON) bootstrap.py test
	@$(VENV)/pytest -n auto $(ARGS)

lint: ## Style, types, layers, templates, and what is generated from the code
	@$(PYTHON) bootstrap.py test
	$(VENV)/ruff check .
	$(VENV)/ruff format --check .
	$(VENV)/lint-imports --no-cache
	$(VENV)/djlint templates --lint --quiet
	TESTING=1 $(VENV)/python manage.py makemigrations --check --dry-run
	TESTING=1 $(VENV)/python manage.py draw_states --check
	TESTING=1 $(VENV)/mypy accounts clusters documents files notices records vouchers dashboards demonstration

mutants: ## Put faults into a room, one at a time, and name those that no test finds (ROOM=payments, ROOM=scoring/ranking)
	@$(PYTHON) bootstrap.py test
	@$(VENV)/python -m tests.mutating $(ROOM) $(ARGS)

format: ## Put code into its form
	$(VENV)/ruff check --fix .
	$(VENV)/ruff format .

## Making what is kept in the repository

lock: ## Lock every package, with hashes, from pyproject.toml
	$(VENV)/uv pip compile pyproject.toml --all-extras --no-strip-extras --generate-hashes --python-version 3.11 --upgrade -q -o requirements.txt --custom-compile-command "make lock"
	$(VENV)/uv pip compile pyproject.toml --no-strip-extras --generate-hashes --python-version 3.11 -c requirements.txt -q -o requirements-production.txt --custom-compile-command "make lock"
	$(VENV)/uv pip compile requirements-node.in --no-strip-extras --generate-hashes --python-version 3.11 -q -o requirements-node.txt --custom-compile-command "make lock"

words: ## Collect what is to be translated into locale/
	TESTING=1 $(VENV)/python manage.py makemessages -l fr -l ar --no-obsolete --no-wrap --add-location file -i .venv -i node_modules -i staticfiles -i tests

states: ## Draw every state machine into docs/states.md
	TESTING=1 $(VENV)/python manage.py draw_states

permissions: ## Write down what every address answers to every role, into tests/access/table.md
	$(VENV)/pytest tests/access --write-table
