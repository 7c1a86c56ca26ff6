# make run: the demo city, from nothing to its pages.  make test: all that CI checks.
PYTHON ?= python3
BIN := .venv/bin
WORLD ?= small
WORLDS ?= small large
# Bytecode is kept: without it, each process would compile Airflow and pandas anew (5 s).
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test test-real check chromium soak bench-load bench-start bench-collect bench-quality bench-themes bench-score bench-team screenshots requirements clean

run: .venv/run
	@$(BIN)/portevoix demo run --size $(WORLD)

test: .venv/test chromium check
	@$(BIN)/python -m pytest -n 4 --dist loadfile

# Against servers of Debian's packages; without them it says which to install.
test-real: .venv/test
	@$(BIN)/python -m pytest tests/real/wordpress_is_read.py -rs --log-cli-level=INFO

check: .venv/test
	@echo "ruff, mypy, import-linter…"
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache >/dev/null || $(BIN)/lint-imports --no-cache

chromium: .venv/test
	@sh .ci/chromium

soak: .venv/test
	@PORTEVOIX_KILLS=200 PORTEVOIX_CHAOS=200 $(BIN)/python -m pytest tests/laws/test_kills.py tests/laws/test_chaos.py

bench-load: .venv/test
	@$(BIN)/python -m benchmarks.load
	@$(BIN)/python -m benchmarks.night

bench-collect: .venv/test
	@$(BIN)/python -m benchmarks.collect

bench-start:
	@$(PYTHON) benchmarks/start.py

# All figures of quality, then benchmarks/QUALITY.md. FILES brings sets that are not ours to keep:
# make bench-quality FILES="--file reach=pairs.csv --file account_type=accounts.csv"
bench-quality: .venv/test
	@for size in $(WORLDS); do rm -rf build/$$size && \
	  $(BIN)/portevoix demo generate build/$$size --size $$size >/dev/null || exit 1; done
	@$(BIN)/python -m benchmarks.quality_page --date $$(date -u +%F) --worlds build $(FILES)

bench-themes: .venv/test
	@$(BIN)/python -m benchmarks.bench_themes

bench-score: .venv/test
	@$(BIN)/python -m benchmarks.bench_score

bench-team: .venv/test
	@$(BIN)/python -m benchmarks.team

# docs/pictures/<language>/<page>.png, of the demo city as `make run` left it.
screenshots: .venv/test chromium
	@$(BIN)/python -m operate.screenshots

requirements: .venv/uv
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --no-annotate --no-header pyproject.toml -o requirements.txt
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --no-annotate --no-header --extra dev -c requirements.txt pyproject.toml -o requirements-dev.txt

clean:
	@rm -rf .venv data

.venv/uv:
	@echo "Making .venv…"
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@touch $@

.venv/run: .venv/uv requirements.txt pyproject.toml
	@$(BIN)/uv pip install --python $(BIN)/python -r requirements.txt
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps -e .
	@touch $@

.venv/test: .venv/run requirements-dev.txt
	@$(BIN)/uv pip install --python $(BIN)/python -r requirements-dev.txt
	@touch $@
