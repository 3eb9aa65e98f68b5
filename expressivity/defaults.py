"""Defaults that commands show in their help; nothing heavy is imported here."""

from __future__ import annotations

LENGTH = 32  # the longest word that constructions with weights for each length cover
SECONDS = 10.0  # time for trying words
SEARCH_SECONDS = 60.0  # time for all solving of a search
SEARCH_MEGABYTES = 2000  # memory of the process that solves
