# Two commands are enough: "make demo" plans a week, "make test" checks everything.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
UV     := $(shell command -v uv 2>/dev/null)
JOBS   ?= 2
MARKS  ?= not slow
SECONDS ?= 600
WATCHED := highspy|holidays|icalendar|numpy|openpyxl|pandas|pulp|pydantic|scipy|statsmodels|typer|tzdata|xlsxwriter

.PHONY: demo test checks lint types mypy pyright layers unit guard guard-accept mutants newest parquet test-all bench fuzz kills pictures samples docs wheel clean

# Plan the week of the built-in demo centre.
demo: $(STAMP)
	$(BIN)/staffcurve demo

# Everything a change must pass.
test: checks unit

# Everything but the tests, on as many cores as JOBS says.
checks: $(STAMP)
	@$(MAKE) --no-print-directory -j $(JOBS) lint mypy pyright layers guard

$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "staffcurve needs Python 3.11 or newer; name one with: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
ifneq ($(UV),)
	$(UV) venv --quiet --allow-existing --python $(PYTHON) $(VENV)
	$(UV) pip install --quiet --compile-bytecode --python $(BIN)/python -c constraints.txt -e '.[test]'
else
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[test]'
endif
	@touch $@

# Style.
lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

# Types, by two checkers that read stubs differently (docs/decisions/0053-two-type-checkers.md).
types: mypy pyright

mypy: $(STAMP)
	$(BIN)/mypy

pyright: $(STAMP)
	$(BIN)/basedpyright --pythonpath $(BIN)/python

# Imports point one way.
layers: $(STAMP)
	$(BIN)/lint-imports

# The tests; JOBS says on how many cores, MARKS which (all: MARKS=).
unit: $(STAMP)
	$(BIN)/pytest -n $(JOBS) --dist worksteal -m "$(MARKS)"

# Work a small week takes, in counts of iterations, nodes, programs and calls, beside those committed; then write them anew.
guard: $(STAMP)
	$(BIN)/python benchmarks/guard.py

guard-accept: $(STAMP)
	$(BIN)/python benchmarks/guard.py --accept

# Small wrong changes in the recount, pay, carry-over and rules: 90 % must fail a test (docs/decisions/0052-mutants.md).
# A sample: make mutants MUTANTS="--sample 100 --seed 1".
mutants: $(STAMP)
	nice -n 19 $(BIN)/python benchmarks/mutants.py --jobs $(JOBS) $(MUTANTS)

# The suite once more against the newest versions that the wheel allows, on the newest Python found: how a release that
# breaks us is noticed (docs/decisions/0041-newest-versions.md).
newest:
	@python=$$(sh tests/pythons.sh | tail -n 1); \
	$$python -m venv --clear .venv-newest && \
	.venv-newest/bin/python -m pip install --quiet --disable-pip-version-check --upgrade -e '.[test]' && \
	.venv-newest/bin/python -m pip list --disable-pip-version-check | grep -iE '^($(WATCHED)) ' && \
	.venv-newest/bin/pytest -n $(JOBS) --dist worksteal -m "$(MARKS)"

# Parquet files, and the forecast once more with pyarrow installed, which changes how pandas stores text
# (docs/decisions/0060-databases-and-parquet.md).
parquet:
	@$(PYTHON) -m venv --clear .venv-parquet && \
	.venv-parquet/bin/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[test,parquet]' && \
	.venv-parquet/bin/pytest -n $(JOBS) --dist worksteal -m "$(MARKS)" tests/configs tests/forecast/data tests/forecast/test_history.py tests/forecast/test_week.py

# The suite, slow tests included, on every Python from 3.11 to 3.13 found here, so on PuLP 3.3 and on 4.x.
test-all:
	@for python in $$(sh tests/pythons.sh); do \
	  version=$$($$python -c 'import sys; print("%d.%d" % sys.version_info[:2])'); \
	  echo "== Python $$version"; \
	  $(MAKE) --no-print-directory unit PYTHON=$$python VENV=.venv-$$version MARKS= || exit 1; \
	done

# Seconds and memory of the product, measured.
bench: $(STAMP)
	$(BIN)/python benchmarks/house.py

# Wrong files by the thousand through every reader, then properties with many more examples than "make test" draws.
# It ends by itself: FUZZ="--files 100000 --configs 20000" reads more, SECONDS says how long each half may take, and
# FUZZ="--guided files" lets atheris steer, where it is installed.
fuzz: $(STAMP)
	$(BIN)/python -m benchmarks.fuzz --seconds $(SECONDS) $(FUZZ)
	HYPOTHESIS_PROFILE=fuzz timeout $(SECONDS) $(BIN)/pytest -n $(JOBS) tests/properties || test $$? -eq 124

# Fifty runs killed at random moments: their folders are whole.
kills: $(STAMP)
	$(BIN)/python -m benchmarks.kills

# Pictures of the report for the docs, taken in a real Chromium.
pictures: $(STAMP)
	$(BIN)/python docs/pictures.py

# Golden files made again; read the diff before you commit it.
samples: $(STAMP)
	$(BIN)/pytest -q -k golden --refresh-golden

# The reference pages made again from the program itself.
docs: $(STAMP)
	$(BIN)/python -m staffcurve.reference docs

# The wheel, in dist/.
wheel: $(STAMP)
	$(BIN)/python -m pip --version >/dev/null 2>&1 && $(BIN)/python -m pip wheel --quiet --no-deps -w dist . || $(UV) build --quiet --wheel -o dist .

# Everything that was built or cached.
clean:
	rm -rf $(VENV) .venv-* dist build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
