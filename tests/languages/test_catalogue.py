"""The catalogue: every entry against its definition in English, on all short words."""

import math
import re
from collections.abc import Callable
from itertools import groupby, pairwise, permutations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from languages.catalogue import entries
from languages.catalogue._groups import Factor, parse_group
from languages.catalogue.permanent import permanent
from languages.errors import InputError, LimitError
from languages.language import Language
from languages.limits import Limits
from languages.parse import parse_language
from languages.words import words_up_to

EXAMPLES = [text for entry in entries().values() for text in entry.examples]


@pytest.mark.parametrize("text", EXAMPLES)
def test_every_example_is_complete(text: str) -> None:
    language = parse_language(text)
    assert language.name == text
    assert language.description
    assert len(set(language.alphabet)) == len(language.alphabet) >= 1
    assert (language.dfa is None) == (language.statement_id is not None)
    assert (language.dfa is None) == (language.member is not None)
    if language.dfa is not None:
        assert language.dfa.alphabet == language.alphabet
        assert language.dfa.minimal() is language.dfa
    assert language.contains(()) in (True, False)


@pytest.mark.parametrize("name", entries())
def test_every_entry_says_how_it_is_written(name: str) -> None:
    entry = entries()[name]
    assert entry.syntax.startswith(name)
    assert entry.summary and "\n" not in entry.summary
    assert entry.examples and all(text.split(":")[0] == name for text in entry.examples)


def tomita_3(word: str) -> bool:
    runs = [(letter, len(list(run))) for letter, run in groupby(word)]
    return not any(
        first == "1" and m % 2 == 1 and n % 2 == 1 for (first, m), (_, n) in pairwise(runs)
    )


def nested(word: str, pairs: str, depth: int | None = None) -> bool:
    """Delete innermost pairs, all at once per round, until nothing is left."""
    found = "|".join(re.escape(pairs[i : i + 2]) for i in range(0, len(pairs), 2))
    height = deepest = 0
    for letter in word:
        height += 1 if pairs.index(letter) % 2 == 0 else -1
        deepest = max(deepest, height)
    while word:
        shorter = re.sub(found, "", word)
        if shorter == word:
            return False
        word = shorter
    return depth is None or deepest <= depth


DEFINITIONS: dict[str, Callable[[str], bool]] = {
    "parity": lambda w: w.count("1") % 2 == 0,
    "mod:1": lambda w: True,
    "mod:2": lambda w: w.count("1") % 2 == 0,
    "mod:3": lambda w: w.count("1") % 3 == 0,
    "mod:7": lambda w: w.count("1") % 7 == 0,
    "first": lambda w: w.startswith("1"),
    "flip-flop": lambda w: w.replace("e", "").endswith("b"),
    "majority": lambda w: w.count("1") > w.count("0"),
    "anbn": lambda w: w == "a" * w.count("a") + "b" * w.count("a"),
    "tomita:1": lambda w: "0" not in w,
    "tomita:2": lambda w: w == "10" * (len(w) // 2),
    "tomita:3": tomita_3,
    "tomita:4": lambda w: "000" not in w,
    "tomita:5": lambda w: w.count("0") % 2 == 0 and w.count("1") % 2 == 0,
    "tomita:6": lambda w: (w.count("0") - w.count("1")) % 3 == 0,
    "tomita:7": lambda w: re.fullmatch("0*1*0*1*", w) is not None,
    "dyck:1": lambda w: nested(w, "()"),
    "dyck:2": lambda w: nested(w, "()[]"),
    "dyck:1,depth=1": lambda w: nested(w, "()", 1),
    "dyck:1,depth=3": lambda w: nested(w, "()", 3),
    "dyck:2,depth=2": lambda w: nested(w, "()[]", 2),
    "dyck:3,depth=1": lambda w: nested(w, "()[]{}", 1),
    "anbncn": lambda w: "".join(sorted(w)) == w and w.count("a") == w.count("b") == w.count("c"),
    "shuffle-dyck:2": lambda w: all(
        nested("".join(x for x in w if x in pair), pair) for pair in ("()", "[]")
    ),
}


@pytest.mark.parametrize("text", DEFINITIONS)
def test_definition_on_all_short_words(text: str) -> None:
    language = parse_language(text)
    length = {1: 12, 2: 10, 3: 7}.get(len(language.alphabet), 6)
    seen = set()
    for word in words_up_to(language.alphabet, length):
        expected = DEFINITIONS[text]("".join(word))
        assert language.contains(word) == expected, word
        seen.add(expected)
    assert seen == ({True} if text == "mod:1" else {True, False})


def test_dyck_with_many_types_has_long_letters() -> None:
    for text in ("dyck:5", "dyck:5,depth=2"):
        language = parse_language(text)
        assert language.alphabet[:3] == ("(1", ")1", "(2")
        assert language.contains(["(1", "(5", ")5", ")1"])
        assert not language.contains(["(1", "(5", ")1", ")5"])
        assert not language.contains([")1", "(1"])
    assert not parse_language("dyck:5,depth=2").contains(["(1", "(2", "(3", ")3", ")2", ")1"])
    assert parse_language("dyck:7").statement_id == "dyck:7"


@pytest.mark.parametrize("text", ["dyck:2,depth=3", "dyck:1,depth=6", "dyck:3,depth=2"])
def test_a_bounded_dyck_language_has_a_state_per_stack_and_a_sink(text: str) -> None:
    k, depth = map(int, re.findall(r"\d+", text))
    dfa = parse_language(text).dfa
    assert dfa is not None
    assert dfa.states == sum(k**i for i in range(depth + 1)) + 1


# -- groups --------------------------------------------------------------------------------


def closure(generators: list[tuple[int, ...]], degree: int) -> set[tuple[int, ...]]:
    found = {tuple(range(degree))}
    queue = list(found)
    for element in queue:
        for generator in generators:
            after = tuple(generator[x] for x in element)
            if after not in found:
                found.add(after)
                queue.append(after)
    return found


def is_even(perm: tuple[int, ...]) -> bool:
    return sum(perm[i] > perm[j] for j in range(len(perm)) for i in range(j)) % 2 == 0


@pytest.mark.parametrize("degree", range(2, 8))
def test_generators_generate_the_group(degree: int) -> None:
    everything = set(permutations(range(degree)))
    assert closure(Factor("S", degree).generators(), degree) == everything
    groups = [Factor("S", degree), Factor("Z", degree)]
    if degree >= 3:
        even = {perm for perm in everything if is_even(perm)}
        assert closure(Factor("A", degree).generators(), degree) == even
        polygon = {
            tuple((s * i + t) % degree for i in range(degree))
            for s in (1, -1)
            for t in range(degree)
        }
        assert closure(Factor("D", degree).generators(), degree) == polygon
        groups += [Factor("A", degree), Factor("D", degree)]
    for factor in groups:
        generators = factor.generators()
        assert len(closure(generators, degree)) == factor.order
        assert len(set(generators)) == len(generators)


@pytest.mark.parametrize(
    "text",
    ["S2", "S3", "S4", "A3", "A4", "Z2", "Z5", "D3", "D4", "Z2xZ3", "S3xZ2", "A4xZ5,identity"],
)
def test_word_problem_and_tracking_follow_the_product(text: str) -> None:
    group = parse_group("test", text, Limits())
    word_problem, tracking = (
        parse_language(f"word-problem:{text}"),
        parse_language(f"tracking:{text}"),
    )
    assert word_problem.alphabet == tracking.alphabet == group.alphabet()
    assert word_problem.dfa is not None and tracking.dfa is not None
    assert word_problem.dfa.states == math.prod(f.order for f in group.factors)
    assert tracking.dfa.states == math.prod(f.degree for f in group.factors)
    moves = {letter: (i, perm) for letter, i, perm in group.generators()}
    for word in words_up_to(group.alphabet(), 6):
        images = [list(range(f.degree)) for f in group.factors]
        for letter in word:
            if letter in moves:
                i, perm = moves[letter]
                images[i] = [perm[x] for x in images[i]]
        trivial = all(image == sorted(image) for image in images)
        assert word_problem.contains(word) == trivial
        assert tracking.contains(word) == all(image[0] == 0 for image in images)


def test_sizes_of_the_design() -> None:
    sizes = {"word-problem:S5": 120, "word-problem:S8": 40320, "tracking:S20": 20}
    for text, states in sizes.items():
        dfa = parse_language(text).dfa
        assert dfa is not None and dfa.states == states


def test_the_letters_are_explained() -> None:
    assert parse_language("word-problem:S5").description.endswith("a = (1 2), b = (1 2 3 4 5)")
    text = parse_language("tracking:D4xZ2,identity").description
    assert text.endswith(
        "a = (1 2 3 4) of factor 1, b = (2 4) of factor 1, c = (1 2) of factor 2, e = identity"
    )
    assert len(parse_language("tracking:S5000").description) < 200


# -- tasks ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "member", "others"),
    [
        (
            "circuit-value",
            ["1;", "0;1;", "0;~0;", "1;1;&0,1;", "0;1;|0,1;", "1;&0,0;~1;~10;", "0;0;|0,1;~10;"],
            [
                "",
                "0;",
                "1",
                ";",
                "1;;",
                "~0;",
                "1;~1;",
                "1;&0;",
                "1;~0,0;",
                "1;~00;",
                "1;0;&0,1;",
                "1;&0,0,0;",
                "1;|0,;",
                "11;",
                "1;0",
                ",;",
                "1;~;",
            ],
        ),
        (
            "reachability",
            ["0>1;", "0>10;10>1;", "10>1;0>10;", "0>0;0>1;1>0;", "0>11;11>0;11>1;"],
            ["", "0>1", "1>0;", "0>10;1>10;", ";", "0>1;;", "0>01;", "0>1>1;", "01;", "0>;0>1;"],
        ),
        (
            "sat",
            ["", "0;", "~0;", "0,~0;", "0;1;", "0,1;~0;", "0,1;~0,1;0,~1;", "~10,11;"],
            ["0", ";", "0;~0;", "0,1;~0,1;0,~1;~0,~1;", "0;;", "01;", "0,;", ",0;", "~~0;", "~;"],
        ),
        (
            "permanent",
            ["1;0", "11;11;1", "111;111;111;1", "111;111;111;10"],
            [
                "",
                "0;0",
                "1;1",
                "11;11;0",
                "11;11;",
                "11;11;01",
                "11;1;0",
                "1;",
                "0",
                "1;0;0",
                "1;1000000",
            ],
        ),
    ],
)
def test_encodings(text: str, member: list[str], others: list[str]) -> None:
    language = parse_language(text)
    for word in others:
        assert not language.contains(word), word
    for word in member:
        assert language.contains(word), word


@given(st.lists(st.lists(st.integers(-3, 3).filter(bool), max_size=3), max_size=6))
def test_sat_is_satisfiability(clauses: list[list[int]]) -> None:
    language = parse_language("sat")
    word = "".join(
        ",".join(("~" if x < 0 else "") + f"{abs(x):b}" for x in clause) + ";" for clause in clauses
    )
    expected = any(
        all(any(signs[abs(x) - 1] == (x > 0) for x in clause) for clause in clauses)
        for signs in product((False, True), repeat=3)
    )
    assert language.contains(word) == expected


@given(
    st.integers(1, 4).flatmap(
        lambda n: st.lists(st.text("01", min_size=n, max_size=n), min_size=n, max_size=n)
    )
)
def test_permanent_is_the_sum_over_permutations(rows: list[str]) -> None:
    n = len(rows)
    total = sum(all(rows[i][p[i]] == "1" for i in range(n)) for p in permutations(range(n)))
    assert permanent(rows) == total
    language = parse_language("permanent")
    for i in range(6):
        assert language.contains(";".join(rows) + f";{i:b}") == bool(total >> i & 1)


@settings(max_examples=300)
@given(st.sampled_from(["circuit-value", "reachability", "sat", "permanent"]), st.data())
def test_every_word_gets_an_answer(text: str, data: st.DataObject) -> None:
    language = parse_language(text)
    word = data.draw(st.lists(st.sampled_from(language.alphabet), max_size=12))
    assert language.contains(word) in (True, False)


def test_a_foreign_letter_is_an_input_error() -> None:
    for text in ("majority", "parity", "sat"):
        with pytest.raises(InputError, match=r"letter 'x' is not in the alphabet.*letter 2"):
            parse_language(text).contains("1x")
    with pytest.raises(InputError, match="no membership test"):
        Language("riddle", ("a",), None, "?", "riddle").contains("a")


# -- arguments -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("parity:2", "parity: got the argument '2', expected none"),
        ("majority:", "majority: got the argument '', expected none"),
        ("mod", "no argument, expected mod:k"),
        ("mod:", "no argument, expected mod:k"),
        ("mod:0", "mod:k: got 0, expected a number of at least 1"),
        ("mod:-2", "mod:k: got '-2', expected a number of at least 1"),
        ("mod:two", "got 'two'"),
        ("mod:3.0", "got '3.0'"),
        ("mod:" + "9" * 5000, "got 5000 digits"),
        ("mod:³", "got '³'"),
        ("tomita:0", "got 0, expected a number from 1 to 7"),
        ("tomita:8", "got 8, expected a number from 1 to 7"),
        ("dyck", "no argument, expected dyck:k"),
        ("dyck:-3", "dyck:k: got '-3'"),
        ("dyck:0", "dyck:k: got 0"),
        ("dyck:2,", "got '', expected depth=d"),
        ("dyck:2,depth", "got 'depth', expected depth=d"),
        ("dyck:2,depth=", "dyck depth: got ''"),
        ("dyck:2,depth=0", "dyck depth: got 0"),
        ("dyck:2,width=3", "got 'width=3', expected depth=d"),
        ("word-problem", "no argument, expected word-problem:G"),
        ("word-problem:S", "got S without a number"),
        ("word-problem:S0", "degree of S: got 0, expected a number of at least 2"),
        ("word-problem:S1", "degree of S: got 1"),
        ("word-problem:A2", "degree of A: got 2, expected a number of at least 3"),
        ("word-problem:Q8", "got the group 'Q8', expected S5"),
        ("word-problem:s5", "got the group 's5', expected S5"),
        ("word-problem:S3x", "got the group '', expected S5"),
        ("word-problem:S3x5", "got the group '5', expected S5"),
        ("word-problem:S3,neutral", "got the option 'neutral', expected identity"),
        ("word-problem:" + "x".join(["Z2"] * 13), "got 13 factors, expected at most 12"),
        ("tracking:S-5", "degree of S: got '-5'"),
    ],
)
def test_wrong_arguments(text: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_language(text)
    assert message in str(caught.value)
    assert not isinstance(caught.value, LimitError)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("word-problem:S10", "3628800"),
        ("word-problem:S8xZ9", "362880"),
        ("word-problem:S100", "about 100!"),
        ("word-problem:A999999999", "999999999"),
        ("tracking:S300000", "300000"),
        ("tracking:Z1000xZ1000", "1000000"),
        ("mod:200001", "200001"),
        ("dyck:2,depth=17", "more than 200000"),
        ("dyck:1,depth=999999999", "more than 200000"),
    ],
)
def test_too_large_names_number_and_option(text: str, number: str) -> None:
    with pytest.raises(LimitError, match=f": {re.escape(number)}.* is over .* --max-states"):
        parse_language(text)


def test_many_letters_count_too() -> None:
    with pytest.raises(LimitError, match="transitions of dyck:1000,depth=1: 2004000 is over"):
        parse_language("dyck:1000,depth=1", limits=Limits(max_states=20_000))


def test_a_larger_limit_admits_more() -> None:
    with pytest.raises(LimitError):
        parse_language("mod:60", limits=Limits(max_states=59))
    assert parse_language("mod:60", limits=Limits(max_states=60)).dfa is not None
