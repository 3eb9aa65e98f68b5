"""Boolean circuits: values, evaluation on many inputs at once, files, and where they come from.

`circuit` has the value and `builder` makes it; `families` has languages n -> circuit, one file for
each; `from_model` unrolls a model at one length. A circuit decides words of one length: what is
measured over some lengths is a picture of these lengths, and never enters a verdict.
"""
