# Two commands do everything from nothing: `make book` and `make test`. `make` alone lists them all.
# Each installs what it lacks, once: .venv/made, .venv/ready, .venv/ready-to-develop, .venv/ready-to-read,
# .venv/ready-to-compare and .cache/reading-systems/ready mark what is done.
# stdout carries what was made, stderr what is being installed.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help book test test-readers check bench pictures clean anew

# Where, and for which Python, a virtual environment works: it knows its own place, so it cannot be moved.
WHERE := import sys; print(sys.prefix, *sys.version_info[:2])
ifneq ($(shell .venv/bin/python -c '$(WHERE)' 2>/dev/null),$(shell cat .venv/made 2>/dev/null))
.venv/made: anew
endif

PIP := .venv/bin/python -m pip install --quiet --disable-pip-version-check
WHEEL := .cache/wheel
READING_SYSTEMS := .cache/reading-systems

help:  ## list what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

book: .venv/ready  ## the sample edition from seeds/, as EPUB and PDF, in dist/
	@.venv/bin/digest make --format epub --format pdf

# The second run sees the wheel alone: it comes first, and no working folder is searched (tests/package/test_wheel.py).
test: check  ## all checks, then the tests, on the source and on the built wheel
	@.venv/bin/pytest -n 2
	@rm -rf $(WHEEL)
	@.venv/bin/python -m hatchling build --target wheel --directory $(WHEEL) >&2
	@.venv/bin/python -m zipfile --extract $(WHEEL)/*.whl $(WHEEL)/unpacked
	@DIGEST_WHEEL="$$PWD/$(WHEEL)/unpacked" PYTHONPATH="$$PWD/$(WHEEL)/unpacked" PYTHONSAFEPATH=1 .venv/bin/pytest -n 2

# Apart from `test`, as it needs a browser. A file stays in one process, which opens each book once.
test-readers: $(READING_SYSTEMS)/ready  ## the sample edition and 200 generated ones in Ace, some in foliate-js, epub.js and MuPDF; PDFs in veraPDF, Ghostscript
	@.venv/bin/pytest -n 2 --dist loadfile tests/reading_systems tests/printing/test_inks.py

check: .venv/ready-to-develop  ## format, lint, types and the import contract, in seconds
	@.venv/bin/ruff format --check
	@.venv/bin/ruff check
	@.venv/bin/mypy
	@.venv/bin/lint-imports --no-logo

bench: .venv/ready-to-compare  ## how long a book takes, beside other programs, and the memory it needs (half an hour)
	@PYTHONPATH=tests .venv/bin/python tests/bench/run.py

pictures: $(READING_SYSTEMS)/ready  ## the pictures in README.md
	@PYTHONPATH=tests .venv/bin/python tests/pictures/make.py

clean:  ## remove all that the other targets made
	@rm -rf .venv .cache .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .benchmarks build
	@find dist -mindepth 1 ! -name .gitignore -delete
	@find digest tests -name __pycache__ -prune -exec rm -rf {} +

.venv/made:
	@python=$$(.ci/python) && .ci/system-packages "$$python" && "$$python" -m venv --clear .venv
	@.venv/bin/python -c '$(WHERE)' > $@

.venv/ready: .venv/made pyproject.toml
	@echo 'digest: installing what it needs into .venv' >&2
	@$(PIP) --editable .
	@touch $@

# One after the other, so that `make -j book test` never runs two pips; the pip of Debian 12 does not know --group.
.venv/ready-to-develop: .venv/ready
	@echo 'digest: installing what its tests need into .venv' >&2
	@$(PIP) 'pip>=25.1'
	@$(PIP) --group dev --editable '.[check,dask,regions]'
	@touch $@

# The programs that read: a browser, what drives it, and what npm has.
.venv/ready-to-read: .venv/ready-to-develop
	@.ci/reader-packages
	@echo 'digest: installing what reads a book into .venv' >&2
	@$(PIP) --group readers
	@touch $@

# The programs that we compare ourselves with.
.venv/ready-to-compare: .venv/ready-to-develop
	@echo 'digest: installing what it is compared with into .venv' >&2
	@command -v pandoc >/dev/null || .ci/apt-install pandoc
	@$(PIP) --group bench
	@touch $@

# npm runs no script of a package: Ace's would download a browser of its own.
$(READING_SYSTEMS)/ready: tests/reading_systems/package-lock.json | .venv/ready-to-read
	@echo 'digest: installing what reads a book into $(READING_SYSTEMS)' >&2
	@mkdir -p $(READING_SYSTEMS)
	@cp tests/reading_systems/package.json tests/reading_systems/package-lock.json $(READING_SYSTEMS)
	@npm ci --prefix $(READING_SYSTEMS) --ignore-scripts --no-audit --no-fund --loglevel=error >&2
	@touch $@
