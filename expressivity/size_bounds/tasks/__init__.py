"""One module for each bound; its docstring is the derivation, its BOUND the statement."""
