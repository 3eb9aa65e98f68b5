"""Every result of the literature that the project speaks of is in the base: stated, or as text."""

from __future__ import annotations

from pathlib import Path

import pytest

from proofs import base, kernel
from proofs.citation import REMARK_KINDS, Axiom, Remark
from proofs.kernel import RuleError

ROOT = Path(__file__).parents[2]

# Keys: the first author or authors, the year, and a word where a paper has several results.
HARD_ATTENTION = """
hahn-2020-hard hahn-2020-soft hao-angluin-frank-2022-ac0 yang-chiang-angluin-2024-starfree
yca-2024-nonstrict yca-2024-finite-image yca-2024-periodic yca-2024-depth jerad-2025-two-sides
barcelo-2024-uhat barcelo-2024-ahat bergstrasser-2026-succinct yao-2021-bounded-dyck
svete-cotterell-2024-ngram
"""
AVERAGING = """
merrill-sabharwal-smith-2022 strobl-2023 merrill-sabharwal-2023-parallelism
merrill-sabharwal-2023-logic chiang-2025-uniform-tc0 chiang-cholak-pillay-2023
yang-chiang-2024-crasp yang-2025-kneedeep-exact yang-2025-kneedeep-hierarchy
parity-and-counting-direction c-rasp-regular-2026 huang-2025-length-generalisation
li-cotterell-2025-const-upper li-cotterell-2025-const-lower const-softmax-any-overflow
jerad-2026-rope li-cotterell-2026-local li-2024-nocot yang-2026-soft-for-hard
bhattamishra-2020-counters rope-tensor-2024 permutation-invariance yang-2026-length-bounds
"""
DECODING = """
perez-2021 merrill-sabharwal-2024-regular merrill-sabharwal-2024-time merrill-sabharwal-2024-upper
merrill-sabharwal-2024-p log-cot-tc0 li-2024-size li-2024-p-poly li-2024-logcot-ac0 xu-sato-2025
feng-2023 amiri-2025 barcelo-2025-rank nowak-2024 zhu-2025-continuous jiang-2026-softmax-tm
li-wang-2025-window peng-2024-chain pfau-2024 malach-2023
"""
PADDING_AND_LOOPS = """
merrill-sabharwal-2025-padding merrill-sabharwal-2025-loops london-kanade-2025-const
london-kanade-2025-log svete-2026-padded svete-2026-loops merrill-sabharwal-2025-logdepth-regular
merrill-sabharwal-2025-logdepth-connectivity merrill-sabharwal-2025-width giannou-2023
saunshi-2025 liu-2022-shortcuts derived-unpadded-time
"""
RECURRENT = """
merrill-petty-sabharwal-2024-lti merrill-petty-sabharwal-2024-diagonal
merrill-petty-sabharwal-2024-ids4 sarrof-2024-parity sarrof-2024-starfree grazzi-2025-parity
grazzi-2025-mod grazzi-2025-regular siems-2025-deltaproduct rwkv7-2025 path-2025
merrill-2026-linear-rnn shakerinava-2026-complex-diagonal khavari-2025 alsmann-2026 jelassi-2024
wen-2024 bhattamishra-2024-separations finite-precision-rnn linear-attention
"""
SIZE_AND_OTHERS = """
sanford-2023-sparse-average sanford-2023-match sanford-2024-induction sanford-2024-mpc
peng-2024-composition chen-peng-wu-2024 kozachinskiy-2024 kozachinskiy-2025-strassen
hahn-rofin-2024 edelman-2022 yehudai-2024-count chiang-cholak-2022 kozachinskiy-steifer-2025
hsu-2026-parity kozachinskiy-steifer-walega-2026 inverse-permutation-2025 luo-2022-relative
cho-2024-position-coupling barbero-2024-glasses alman-song-2023 universal-approximation
wei-2022-statistically-meaningful
"""
COMPLEXITY = """
class-chain known-separations open-separations uniformity-of-tc0 arithmetic-in-tc0 regular-in-ac0
regular-in-ac0-p regular-in-nc0 barrington-1989 star-free-characterisations
piecewise-and-relatives example-languages complete-problems linear-and-context-free-problems
context-free-classes arithmetic-circuits circuit-size
"""
MONOTONICITY = """
monotone-uniformity monotone-heads monotone-width monotone-depth not-monotone-loops
monotone-tokens monotone-padding not-monotone-precision not-monotone-ties unique-to-average-hard
average-hard-to-softmax softmax-to-average-hard strict-to-nonstrict-masks masks-against-none
further-masks further-positions readouts margins recognisers-and-generators families
kinds-of-positions tokens-and-loops-change-classes conjectures-travel-with-reductions
uniform-and-non-uniform-facts boolean-combinations numerics
"""
KEYS = [key for part in (HARD_ATTENTION, AVERAGING, DECODING, PADDING_AND_LOOPS, RECURRENT,
                         SIZE_AND_OTHERS, COMPLEXITY, MONOTONICITY) for key in part.split()]
ENTRIES: list[Axiom | Remark] = [*base.axioms().values(), *base.remarks().values()]
# Results whose hypotheses leave nothing to derive recognition from.
NEVER_STATED = {"sample-complexity", "learnability", "running-time", "probabilistic", "size",
                "approximation", "generation", "decidability", "margin", "monotonicity",
                "unchecked", "caution"}


def test_keys_are_listed_once() -> None:
    assert len(set(KEYS)) == len(KEYS)


@pytest.mark.parametrize("key", KEYS)
def test_every_result_is_stated_or_kept_as_text(key: str) -> None:
    assert any(key in entry.results or (isinstance(entry, Remark) and entry.id == key)
               for entry in ENTRIES)


def test_no_entry_has_a_key_that_nobody_lists() -> None:
    for entry in ENTRIES:
        assert set(entry.results) <= set(KEYS), entry.id
        assert len(set(entry.results)) == len(entry.results), entry.id


def test_ids_are_not_shared_by_statements_and_text() -> None:
    assert not set(base.axioms()) & set(base.remarks())


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda e: e.id)
def test_files_to_see_exist(entry: Axiom | Remark) -> None:
    for name in entry.see:
        assert (ROOT / name).is_file(), name


@pytest.mark.parametrize("entry", base.remarks().values(), ids=lambda e: e.id)
def test_texts_are_of_a_kind_and_sourced_or_argued(entry: Remark) -> None:
    assert entry.kind in REMARK_KINDS
    assert entry.verified in {"yes", "part", "no", "derived", "textbook"}
    assert entry.text.endswith(".")
    assert entry.cite is not None or entry.verified in {"derived", "textbook"}
    if entry.cite is not None:
        assert entry.cite.authors and entry.cite.title and entry.cite.venue
        assert 1900 < entry.cite.year < 2100
    assert (entry.verified == "no") <= (entry.kind in NEVER_STATED | {"steps"})


@pytest.mark.parametrize("entry", base.remarks().values(), ids=lambda e: e.id)
def test_the_kernel_refuses_text(entry: Remark) -> None:
    with pytest.raises(RuleError, match="no such statement"):
        kernel.axiom(entry.id)
    with pytest.raises(RuleError, match="no such conjecture"):
        kernel.assume(entry.id, True)


def test_every_kind_of_text_is_there() -> None:
    assert {entry.kind for entry in base.remarks().values()} == set(REMARK_KINDS)
