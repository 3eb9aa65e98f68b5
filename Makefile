# Everything runs in a virtual environment in .venv, made by the first command that needs it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo test test-slow test-peers gate classes bench lint readme clean

$(READY): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --editable '.[test]'
	@touch $@

$(VENV)/.lint: $(READY)
	$(BIN)/python -m pip install --quiet --editable '.[lint]'
	@touch $@

$(VENV)/.bench: $(READY)
	$(BIN)/python -m pip install --quiet --editable '.[bench]'
	@touch $@

demo: $(READY)  ## ask a real question, then re-check the answer with Python alone
	@echo "Question: can masked unique hard attention recognise parity? (an even number of ones)"
	@echo
	$(BIN)/expressivity ask parity uhat --certificate demo
	@echo
	@echo "The derivation and its certificate are in demo/. Re-checked with the standard library only:"
	@echo
	$(PYTHON) -S -m proofs check demo/derivation.json
	@echo
	@echo "And composing permutations of five things, with a linear chain of thought:"
	@echo
	$(BIN)/expressivity ask word-problem:S5 log-precision,cot=n

test: $(READY)  ## all quick tests
	$(BIN)/python -m pytest -q -n auto -m "not slow"

test-slow: $(READY)  ## exhaustive checks; allow an hour
	$(BIN)/python -m pytest -q -n auto -m slow

test-peers: $(READY)  ## against GAP and MONA, as far as they are installed; about five minutes
	$(BIN)/python -m pytest -q -rs -s tests/peers tests/languages/test_mona.py

gate: $(READY)  ## random models, extracted, must lie inside the bounds that the base derives
	$(BIN)/python -m expressivity.extraction.gate --models 5000 --seed 1

classes: $(READY)  ## count the small languages in each class, for docs/classes.md
	$(BIN)/python -m tests.class_counts

bench: $(VENV)/.bench  ## timings against named peers in the same run
	$(BIN)/python -m pytest -q tests/benchmarks/*.py --benchmark-only -s

lint: $(VENV)/.lint  ## style, types, lost exceptions
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pylint --disable=all --enable=W0133 proofs

readme: $(READY)  ## write the README's sessions anew from the program's own output
	$(BIN)/python tests/readme.py

clean:
	rm -rf $(VENV) demo build dist *.egg-info
