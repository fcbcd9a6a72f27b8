# make demo: install, then load, count and report the example study
# make test: install what the tests need, then run them

.DEFAULT_GOAL := help
.PHONY: help demo install test check format frontend docs pictures example bench eval lock clean

# the newest-named interpreter is asked last: a plain python3 is what people expect to be used
PYTHONS = python3 python3.14 python3.13 python3.12 python3.11
UV_VERSION = 0.13.9

# the workbench's front end, and what of it is copied to where JupyterLab looks
FRONT = p3c_qual/workbench/_frontend
COPIED = $(sort $(wildcard p3c_qual/workbench/labextension/*.json \
	p3c_qual/workbench/labextension/schemas/p3c-qual/* p3c_qual/workbench/jupyter-config/*))

# the packages are brought in line whenever the lock, the project's own settings, the front end
# (whose package.json names the hash of its bundle) or the place change
KEY := $(shell { pwd -P; cat requirements.lock pyproject.toml $(COPIED); } | cksum | cut -d' ' -f1)
STAMP := .venv/installed-$(KEY)
# an environment that was moved, or whose interpreter the system has replaced, is made anew
ifneq ($(shell .venv/bin/python -c 'import pip' 2>/dev/null && \
	head -n 3 .venv/bin/pip | grep -cF "$$(pwd -P)/.venv/"),1)
.PHONY: .venv/bin/python
endif

# nothing of an environment around this one may leak in
unexport VIRTUAL_ENV CONDA_PREFIX PYTHONPATH PYTHONHOME PYTHONUSERBASE PYTHONSTARTUP
unexport PIP_TARGET PIP_PREFIX PIP_USER PIP_REQUIRE_VIRTUALENV PIP_CONSTRAINT PIP_REQUIREMENT
unexport UV_PYTHON UV_SYSTEM_PYTHON UV_PROJECT_ENVIRONMENT UV_TARGET UV_PREFIX
unexport UV_CONSTRAINT UV_OVERRIDE UV_EXCLUDE_NEWER
export PYTHONNOUSERSITE = 1
export PIP_DISABLE_PIP_VERSION_CHECK = 1

NO_DOWNLOAD = echo "The packages could not be downloaded. Is there a network connection, and is \
	a proxy set if one is needed? What is there already stays; run the same command again." >&2

help: ## list the targets
	@echo "p3c_qual: make TARGET"
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  \1	\2/p' Makefile | expand -t 12

demo: $(STAMP) ## install, then load, count and report the example study into demo/
	@.venv/bin/p3c demo demo

install: $(STAMP) ## make .venv with exactly the locked packages

.venv/bin/python:
	@set -eu; found=; \
	for python in $${PYTHON:-$(PYTHONS)}; do \
	  if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; \
	  then found=$$python; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
	  echo "Python 3.11 or newer is needed; looked for: $${PYTHON:-$(PYTHONS)}." >&2; \
	  echo "Install it, or name it: make $(MAKECMDGOALS) PYTHON=/path/to/python3.11" >&2; \
	  exit 1; \
	fi; \
	if ! "$$found" -c 'import ensurepip, venv' 2>/dev/null; then \
	  echo "$$found cannot make environments: its venv or ensurepip module is missing." >&2; \
	  echo "On Debian and Ubuntu install it as root with: apt-get install python3-venv" >&2; \
	  exit 1; \
	fi; \
	echo "Making .venv with $$("$$found" --version)"; \
	"$$found" -m venv --clear .venv

.venv/bin/uv: .venv/bin/python
	@.venv/bin/python -m pip install --quiet "uv==$(UV_VERSION)" || { $(NO_DOWNLOAD); exit 1; }
	@touch $@

# `sync` also takes away what the lock does not name; the project follows and looks nothing up
$(STAMP): .venv/bin/uv
	@echo "Installing the packages of requirements.lock into .venv"
	@rm -f .venv/installed-*
	@.venv/bin/uv pip sync --quiet --python .venv/bin/python --require-hashes requirements.lock \
	  || { $(NO_DOWNLOAD); exit 1; }
	@.venv/bin/uv pip install --quiet --python .venv/bin/python --offline --no-deps \
	  --no-build-isolation --editable .
	@touch $@

test: $(STAMP) $(FRONT)/node_modules/.package-lock.json ## install what the tests need, then run them
	@bash tests/install_system.sh
	.venv/bin/python -m pytest -n 2 --dist loadfile

check: $(STAMP) ## format, lint, strict types, spelling, tests
	.venv/bin/ruff format --check
	.venv/bin/ruff check
	.venv/bin/mypy
	.venv/bin/codespell --skip '$(FOREIGN)' --ignore-words-list $(TERMS) $(SPELLED)
	@$(MAKE) --no-print-directory test

# what people wrote in English; transcripts and the lock are not ours to correct, and tests
# misspell on purpose
SPELLED = p3c_qual codebooks notebooks docs README.md CONTRIBUTING.md CHANGELOG.md \
	reports/README.md environment.yml Makefile
# lists of words in other languages and of beginnings of words, and files that programs wrote
BUILT = p3c_qual/workbench/static,p3c_qual/workbench/labextension/static
FOREIGN = abbreviations.py,labels.py,grid.py,cues_en.yml,words_en.yml,tests/sources/files,package-lock.json,node_modules,$(BUILT)
# names of file formats, and of Python's syntax tree
TERMS = fo,pard,notin,caf,titel

format: $(STAMP) ## put the code into the house's format
	.venv/bin/ruff format
	.venv/bin/ruff check --fix

# Node comes with the packages; the new bundle is copied to where JupyterLab looks
frontend: $(STAMP) $(FRONT)/node_modules/.package-lock.json ## check and build the workbench's front end
	@cd $(FRONT) && export PATH="$(CURDIR)/.venv/bin:$$PATH" && npm run --silent check \
	  && npm run --silent build
	@$(MAKE) --no-print-directory install

$(FRONT)/node_modules/.package-lock.json: $(FRONT)/package-lock.json | $(STAMP)
	@cd $(FRONT) && PATH="$(CURDIR)/.venv/bin:$$PATH" npm ci || { $(NO_DOWNLOAD); exit 1; }
	@touch $@

docs: $(STAMP) ## write the generated pages and run the examples of the guides
	.venv/bin/python docs/build.py

pictures: $(STAMP) ## draw the pictures of the documents from the example study
	@bash tests/install_system.sh
	.venv/bin/python docs/build.py --pictures

example: $(STAMP) ## write study.jsonl anew from the example's originals and codings
	@rm -rf build/example
	.venv/bin/python -c "from p3c_qual.example import build_example; \
	  build_example('build/example').export_lines('study.jsonl')"

bench: $(STAMP) ## time the library and the workbench on a large study, each beside its floor
	@bash tests/install_system.sh
	.venv/bin/python tests/bench/run.py $(BENCH)

# the example study alone, or the public texts in a folder too: make eval CORPUS=DIR
eval: $(STAMP) ## measure how well candidates are found, beside simpler ways of finding them
	@.venv/bin/python tests/eval/run.py $(CORPUS)

lock: $(STAMP) ## resolve pyproject.toml anew into requirements.lock
	.venv/bin/uv pip compile pyproject.toml --all-extras --group dev --universal --generate-hashes --no-annotate --no-header -o requirements.lock

clean: ## remove caches, builds and the demo; .venv and rendered reports stay
	rm -rf demo build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis tests/bench/last.json
	find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +
