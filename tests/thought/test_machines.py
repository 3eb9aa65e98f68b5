"""Turing machines by chain of thought: t + 1 tokens, each what a step does, for all words."""

from __future__ import annotations

import copy
import itertools
import random
from collections import Counter
from pathlib import Path

import pytest

from expressivity.build import NoConstruction
from expressivity.models.sizes import sizes
from expressivity.thought.build import build_decoder
from expressivity.thought.machines import (
    action_name,
    claimed,
    machine_decoder,
    named_actions,
    parse_action,
)
from expressivity.thought.session import Session, think
from expressivity.thought.target import MachineTarget, over, read_turing_machine
from expressivity.thought.thinker import Thinker
from expressivity.thought.trace import attended, configurations
from expressivity.thought.verify import verify_decoder
from expressivity.variants import parse_variant
from languages.errors import InputError, LimitError
from languages.machines.machine import Action, Machine, run
from languages.machines.text import parse_machine, read_machine
from languages.parse import parse_language
from proofs.models.decoder import decode
from proofs.profile import inside
from tests.thought.random_machines import by_hand, random_machine

EXAMPLES = Path(__file__).parents[2] / "examples"
BOUND = 40
FOREVER = """
input: a b
work:
blank: _
states: go yes no
start: go
accept: yes
reject: no
transitions:
  go a * -> go * R S
  go _ * -> go * S L
"""


def compared(machine: Machine, words: list[tuple[str, ...]]) -> Counter[bool | None]:
    """Compare the decoder with the interpreter by hand, token by token; the answers, counted."""
    thinker = Thinker.from_plain(machine_decoder(machine))
    found = sizes(thinker.definition.model) | {"tokens": len(thinker.tokens)}
    assert {name: found[name] for name in claimed(machine)} == claimed(machine)
    number = {a: k for k, a in enumerate(machine.letters)}
    got = Session(thinker, [[number[a] for a in word] for word in words], BOUND).run()
    counts: Counter[bool | None] = Counter()
    for word, tokens, accepted in zip(words, got.tokens, got.accepted, strict=True):
        actions, answer = by_hand(machine, word, BOUND)
        mine = run(machine, word, BOUND)
        assert (list(mine.actions), mine.accepted) == (actions, answer)
        if answer is None or len(actions) == BOUND:  # the answer would be one token more
            assert accepted is None and len(tokens) == BOUND
            written, answer = tokens, None
        else:
            assert accepted == answer and len(tokens) == len(actions) + 1
            written = tokens[:-1]
        assert [machine.actions[m] for m in written] == actions[:BOUND]
        counts[answer] += 1
    return counts


def random_runs(machines: int, seed: int) -> tuple[Counter[bool | None], int]:
    """Answers of random machines on six words each, counted; and how many took long to end."""
    rng = random.Random(seed)
    counts: Counter[bool | None] = Counter()
    long = 0
    for k in range(machines):
        machine = random_machine(rng)
        words = [tuple(rng.choices(machine.letters, k=k % 10)) for _ in range(6)]
        counts += compared(machine, words)
        long += sum(10 < len(by_hand(machine, word, BOUND)[0]) < BOUND for word in words)
    return counts, long


def test_random_machines() -> None:
    """Two hundred; runs that do not end within the bound are compared as far as they go."""
    counts, long = random_runs(200, 11)
    assert sum(counts.values()) == 1200
    assert min(counts[True], counts[False], counts[None]) > 100 and long > 10, (counts, long)


@pytest.mark.slow
def test_many_random_machines() -> None:
    counts, long = random_runs(2000, 12)
    assert sum(counts.values()) == 12_000
    assert min(counts[True], counts[False], counts[None]) > 1000 and long > 100, (counts, long)


@pytest.mark.parametrize("seed", range(6))
def test_the_definition_agrees(seed: int) -> None:
    """The plain loops of the island, on words of small random machines."""
    rng = random.Random(seed)
    machine = random_machine(rng)
    thinker = Thinker.from_plain(machine_decoder(machine))
    for n in (0, 2):
        word = tuple(rng.choices(range(len(machine.letters)), k=n))
        found = decode(thinker.definition, word, 6)
        assert think(thinker, word, 6) == found
        actions, answer = by_hand(machine, [machine.letters[k] for k in word], 6)
        assert [machine.actions[m] for m in found.tokens if m < len(machine.actions)] == actions
        assert found.accepted == (answer if len(actions) < 6 else None)


@pytest.mark.parametrize(("name", "longest"), [("palindromes", 7), ("addition", 5)])
def test_examples_on_all_short_words(name: str, longest: int) -> None:
    machine = read_machine(str(EXAMPLES / f"{name}.tm"))
    thinker = Thinker.from_plain(machine_decoder(machine))
    for n in range(longest + 1):
        words = list(itertools.product(range(len(machine.letters)), repeat=n))
        found = Session(thinker, words).run()
        for word, tokens, accepted in zip(words, found.tokens, found.accepted, strict=True):
            text = "".join(machine.letters[k] for k in word)
            if name == "palindromes":
                wanted = text == text[::-1]
            else:
                left, _, total = text.partition("=")
                parts = [*left.split("+"), total]
                wanted = (text.count("=") == 1 and left.count("+") == 1 and "+" not in total
                          and all(parts) and int(parts[0], 2) + int(parts[1], 2) == int(total, 2))
            assert accepted == wanted, text
            assert len(tokens) == len(run(machine, list(text), 100).actions) + 1


def test_long_sums_and_palindromes() -> None:
    addition = read_machine(str(EXAMPLES / "addition.tm"))
    thinker = Thinker.from_plain(machine_decoder(addition))
    number = {a: k for k, a in enumerate(addition.letters)}
    x, y = 2**60 - 12345, 2**57 + 987654321
    for z in (x + y, x + y + 2**40):
        word = f"{x:b}+{y:b}={z:b}"
        assert think(thinker, [number[a] for a in word]).accepted == (z == x + y)
    half = [0, 1, 1, 0, 1] * 10
    copies = Thinker.from_plain(machine_decoder(read_machine(str(EXAMPLES / "palindromes.tm"))))
    assert think(copies, half + half[::-1]).accepted is True
    assert think(copies, [*half, 0, *half[::-1][1:]]).accepted is False
    assert len(think(copies, half + half[::-1]).tokens) == 3 * 100 + 3 + 1


def test_profile_and_limits() -> None:
    machine = read_machine(str(EXAMPLES / "addition.tm"))
    thinker = Thinker.from_plain(machine_decoder(machine))
    assert thinker.definition.most(7) == 2 * 7 + 1 + 1
    box = thinker.profile()
    for text, member in (("ahat-rational,cot=n", True), ("ahat-rational,cot=n^2", True),
                         ("ahat-rational,cot=log(n)", False), ("log-precision,cot=n", False)):
        variant = parse_variant(text)
        assert any(inside(box, wanted) for wanted in variant.profile) == member, text
    forever = Thinker.from_plain(machine_decoder(parse_machine(FOREVER)))
    assert forever.definition.most(7) is None
    assert forever.profile().to_plain()["cot"] == "unbounded"


def test_where_heads_look() -> None:
    """Letters under the input head, and the token that wrote the cell last."""
    machine = read_machine(str(EXAMPLES / "palindromes.tm"))
    thinker = Thinker.from_plain(machine_decoder(machine))
    tokens = think(thinker, (0, 1)).tokens
    looked = attended(thinker, (0, 1), tokens)
    assert [found[1, 0] for found in looked[:3]] == [[(1, 1)], [(2, 1)], [(3, 1)]]
    # Back on the last copied letter, cell 1, from the fourth token on: the second token wrote it.
    assert looked[3][2, 0] == [(4, 1)]
    states = configurations(thinker, ("a", "b"), tokens)
    assert states is not None and len(states) == len(tokens) - 1
    assert (states[1].state, states[1].shown()) == ("copy", ["ab[.]", "ab[.]"])
    assert (states[2].state, states[2].shown()) == ("back", ["a[b]", "a[b]_"])
    assert states[1].heads == [2, 2]
    language = parse_language("parity")
    assert language.dfa is not None
    other = build_decoder(language, parse_variant("ahat-rational,cot=n"), 0.1).thinker
    assert configurations(other, ("0", "1"), think(other, (0, 1)).tokens) is None


def test_names_of_tokens() -> None:
    action = Action("q", ("_", "x"), ("L", "S", "R"))
    assert action_name(action) == "q _ x LSR"
    assert parse_action("q _ x LSR") == action
    for name in ("q0", "q LR", "q x L", "q x LQ", "", " ", "q x y LRR S"):
        assert parse_action(name) is None, name
    assert named_actions(["<q x LR>", "<yes>", "<no>"], ["<yes>", "<no>"]) == {
        "<q x LR>": Action("q", ("x",), ("L", "R"))}
    assert named_actions(["<q x LR>", "<q x y LRR>", "<yes>"], ["<yes>"]) is None
    assert named_actions(["<q0>", "<yes>"], ["<yes>"]) is None
    # Names in brackets themselves.
    text = FOREVER.replace("input: a b", "input: a <accept>").replace(" go", " <go").replace(
        "work:", "work: >")
    thinker = Thinker.from_plain(machine_decoder(parse_machine(text)))
    assert thinker.tokens[0] == "<<<go _ RS>>"
    target = MachineTarget("tm", parse_machine(text))
    assert verify_decoder(thinker, target, 0.1, longest=3).agrees
    found = configurations(thinker, ("a",), (0, 1))
    assert found is not None and found[0].state == "<go"


def test_machines_that_do_not_stop_are_counted() -> None:
    target = MachineTarget("tm", parse_machine(FOREVER))
    thinker = Thinker.from_plain(machine_decoder(target.machine))
    found = verify_decoder(thinker, target, longest=4, most=20)
    # All words without b go on for ever; the others reject, which takes no transition.
    assert found.agrees and found.words == 31 and found.unanswered == 5
    built = build_decoder(target, parse_variant("ahat-rational,cot=unbounded"), 0.2)
    assert built.verification.unanswered > 0 and "no limit" in built.notes[0]
    assert built.summary()["unanswered"] == built.verification.unanswered


def test_a_wrong_claim_of_time_is_found() -> None:
    text = (EXAMPLES / "palindromes.tm").read_text()
    target = MachineTarget("tm:p", parse_machine(text.replace("3n + 3", "3n + 2")))
    with pytest.raises(InputError, match=r"tm:p: the time that the file claims is 2 steps for the "
                                         r"word \(\), on which the machine takes more"):
        build_decoder(target, parse_variant("ahat-rational,cot=n"))
    thinker = Thinker.from_plain(machine_decoder(target.machine))
    found = verify_decoder(thinker, target, longest=3)
    assert not found.agrees and found.word == () and found.why == (
        "no answer within 3 tokens, the model's limit")
    with pytest.raises(NoConstruction, match="outside the variant on cot=unbounded; the file "
                                             "claims no time"):
        build_decoder(MachineTarget("x", parse_machine(FOREVER)),
                      parse_variant("ahat-rational,cot=n^2"))


def test_wrong_decoders_are_found() -> None:
    target = read_turing_machine(f"tm:{EXAMPLES / 'palindromes.tm'}")
    good = machine_decoder(target.machine)
    assert verify_decoder(Thinker.from_plain(good), target, longest=4).agrees
    answers = copy.deepcopy(good)
    rows = answers["decoder"]["emit"]["weights"]
    rows[0], rows[1] = rows[1], rows[0]
    found = verify_decoder(Thinker.from_plain(answers), target, longest=4)
    assert found.why == "step 1 writes <copy b RR>, expected <copy a RR>" and found.word == ("a",)
    early = copy.deepcopy(good)
    early["decoder"]["emit"]["bias"][-1] = 3
    found = verify_decoder(Thinker.from_plain(early), target, longest=4)
    assert found.why == "step 1 writes <reject>, expected <back _ LL>"
    late = copy.deepcopy(good)
    late["decoder"]["emit"]["bias"][0] = 7
    found = verify_decoder(Thinker.from_plain(late), target, longest=4)
    assert "step 1 writes <copy a RR>" in found.why
    # Every layer matters: without any of them some word goes wrong.
    for place in range(len(good["layers"])):
        broken = copy.deepcopy(good)
        del broken["layers"][place]
        assert not verify_decoder(Thinker.from_plain(broken), target, longest=4).agrees, place


def test_decoders_of_other_things() -> None:
    target = read_turing_machine(f"tm:{EXAMPLES / 'palindromes.tm'}")
    language = parse_language("regex:(ab)*")
    assert language.dfa is not None
    other = build_decoder(language, parse_variant("ahat-rational,cot=n"), 0.1).thinker
    with pytest.raises(InputError, match="not named after what machines do"):
        over(target, other)
    machine = parse_machine(FOREVER)
    thinker = Thinker.from_plain(machine_decoder(machine))
    assert not verify_decoder(thinker, target, longest=3).agrees
    with pytest.raises(InputError, match="expected the same"):
        over(read_turing_machine(f"tm:{EXAMPLES / 'addition.tm'}"), thinker)
    with pytest.raises(InputError, match="nothing after the colon"):
        read_turing_machine("tm:")


def test_machines_that_are_too_large() -> None:
    states = [f"q{k}" for k in range(3000)]
    rules = {(q, (a, b)): Action(r, (b,), ("R", "S"))
             for q, r in itertools.pairwise(states) for a in "_a" for b in "_x"}
    machine = Machine(("a",), ("x",), "_", 1, (*states, "yes", "no"), "q0", "yes", "no", rules)
    with pytest.raises(LimitError, match="weights of the model"):
        machine_decoder(machine)
