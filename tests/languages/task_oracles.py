"""Second implementations of the tasks of the catalogue, which share no code with them."""

import re
from collections.abc import Callable
from fractions import Fraction
from itertools import combinations, product

NUMBER = "(0|1[01]*)"


def numbers(text: str) -> list[int]:
    return [int(digits, 2) for digits in re.findall("[01]+", text)]


def formula(word: str) -> bool:
    """Rewrite innermost brackets and negations until a constant is left."""
    rules = {"~0": "1", "~1": "0"}
    for x, y in product("01", repeat=2):
        rules[f"({x}&{y})"] = str(int(x) * int(y))
        rules[f"({x}|{y})"] = "1" if "1" in (x, y) else "0"
    while True:
        after = word
        for old, new in rules.items():
            after = after.replace(old, new)
        if after == word:
            return word == "1"
        word = after


def arithmetic(word: str, p: int) -> bool:
    left, sign, right = word.rpartition("=")
    if not sign or "=" in left or right not in [str(d) for d in range(p)]:
        return False
    digit = f"[0-{p - 1}]"
    while match := re.search(rf"\(({digit})([-+*])({digit})\)", left):
        x, y = int(match[1]), int(match[3])
        value = {"+": x + y, "-": x - y + p, "*": x * y}[match[2]] % p
        left = left[: match.start()] + str(value) + left[match.end():]
    return left == right


def pattern(text: str) -> re.Pattern[str]:
    return re.compile(text.replace("N", NUMBER))


def addition(word: str) -> bool:
    if not pattern(r"N\+N=N").fullmatch(word):
        return False
    x, y, z = numbers(word)
    return x + y == z


def multiplication(word: str) -> bool:
    if not pattern(r"N\*N;N").fullmatch(word):
        return False
    x, y, i = numbers(word)
    return i < 100 and (x * y // 2**i) % 2 == 1


def iterated_addition(word: str) -> bool:
    if not pattern(r"N(\+N)*;N").fullmatch(word):
        return False
    *summands, i = numbers(word)
    return i < 100 and (sum(summands) // 2**i) % 2 == 1


def division(word: str) -> bool:
    if not pattern("N/N;N").fullmatch(word):
        return False
    x, y, i = numbers(word)
    quotient = 0
    while y and (quotient + 1) * y <= x:
        quotient += 1
    return i < 100 and (quotient // 2**i) % 2 == 1


def sorting(word: str) -> bool:
    """v is listed, at most k items are smaller, and more than k are at most v."""
    if not pattern("N(,N)*;N;N").fullmatch(word):
        return False
    *values, k, v = numbers(word)
    return sum(x < v for x in values) <= k < sum(x <= v for x in values)


def index_lookup(word: str) -> bool:
    return bool(pattern("[01]*#N").fullmatch(word)) and any(
        word.startswith("1", i) and word.endswith(f"#{i:b}") for i in range(word.index("#")))


def sparse_average(word: str) -> bool:
    if not pattern("[01]*#(N;)+").fullmatch(word):
        return False
    bits, listed = word.split("#")
    places = numbers(listed)
    if len(set(places)) < len(places) or max(places) >= len(bits):
        return False
    return Fraction(sum(int(bits[i]) for i in places), len(places)) > Fraction(1, 2)


def match(word: str, partners: int) -> bool:
    if not pattern("N;(N;)+").fullmatch(word):
        return False
    modulus, *values = numbers(word)
    if any(x >= modulus for x in values):
        return False
    return any((sum(chosen) + values[-1]) % modulus == 0
               for chosen in product(values, repeat=partners))


def relations(word: str) -> list[list[tuple[int, int]]] | None:
    """The tables of a word as lists of pairs, if each is a function."""
    if not pattern(r"((N>N;)*\|)*(N>N;)*").fullmatch(word):
        return None
    found = [[(int(x, 2), int(y, 2)) for x, y in re.findall("([01]+)>([01]+)", part)]
             for part in word.split("|")]
    one_value = all(len({x for x, _ in part}) == len(part) for part in found)
    return found if one_value else None


def composition(word: str, how_many: int | None) -> bool:
    found = relations(word)
    if found is None or len(found[-1]) != 1 or how_many not in (None, len(found) - 1):
        return False
    *tables, question = found
    pairs = {(x, x) for x in [question[0][0]]}
    for entries in tables:
        pairs = {(x, z) for x, y in pairs for y2, z in entries if y == y2}
    return question[0] in pairs


def inversion(word: str) -> bool:
    found = relations(word)
    if found is None or len(found) != 2:
        return False
    p, q = found
    return sorted(x for x, _ in p) == sorted(y for _, y in p) and sorted(p) == sorted(
        (x, y) for y, x in q)


def reaches(edges: set[tuple[int, int]]) -> bool:
    """Transitive closure by repeated composition."""
    while more := {(x, z) for x, y in edges for y2, z in edges if y == y2} - edges:
        edges = edges | more
    return (0, 1) in edges


def deterministic(word: str) -> bool:
    found = relations(word)
    return found is not None and len(found) == 1 and reaches(set(found[0]))


def undirected(word: str) -> bool:
    if not pattern("(N-N;)*").fullmatch(word):
        return False
    edges = {(int(x, 2), int(y, 2)) for x, y in re.findall("([01]+)-([01]+)", word)}
    return reaches(edges | {(y, x) for x, y in edges})


def literals(text: str) -> list[list[int]] | None:
    """Clauses of numbers v + 1 and -(v + 1)."""
    if not pattern("((~?N(,~?N)*)?;)*").fullmatch(text):
        return None
    return [[(-1 if sign else 1) * (int(digits, 2) + 1)
             for sign, digits in re.findall("(~?)([01]+)", clause)]
            for clause in text.split(";")[:-1]]


def holds(clauses: list[list[int]], values: dict[int, bool]) -> bool:
    return all(any(values[abs(x)] == (x > 0) for x in clause) for clause in clauses)


def satisfiable(word: str, fits: Callable[[set[int]], bool]) -> bool:
    clauses = literals(word)
    if clauses is None or not all(fits(set(clause)) for clause in clauses):
        return False
    variables = sorted({abs(x) for clause in clauses for x in clause})
    return any(holds(clauses, dict(zip(variables, values, strict=True)))
               for values in product((False, True), repeat=len(variables)))


def quantified(word: str) -> bool:
    match = pattern("(([?!]N;)*):(.*)").fullmatch(word)
    clauses = literals(match.groups()[-1]) if match else None
    if match is None or clauses is None:
        return False
    prefix = [(mark, int(digits, 2) + 1) for mark, digits in
              re.findall("([?!])([01]+)", match[1])]
    names = [variable for _, variable in prefix]
    if len(set(names)) < len(names) or not {abs(x) for c in clauses for x in c} <= set(names):
        return False

    def true(values: dict[int, bool]) -> bool:
        if len(values) == len(prefix):
            return holds(clauses, values)
        mark, variable = prefix[len(values)]
        both = [true({**values, variable: value}) for value in (False, True)]
        return all(both) if mark == "!" else any(both)

    return true({})


def system(word: str) -> list[list[int]] | None:
    integer = "(0|-?1[01]*)"
    if not re.fullmatch(f"({integer}(,{integer})*={integer};)*", word):
        return None
    rows = [[int(x, 2) for x in re.findall("-?[01]+", row)] for row in word.split(";")[:-1]]
    return rows if len({len(row) for row in rows}) < 2 else None


def determinant(rows: list[list[Fraction]]) -> Fraction:
    if not rows:
        return Fraction(1)
    return sum(((-1) ** k * x * determinant([row[:k] + row[k + 1:] for row in rows[1:]])
                for k, x in enumerate(rows[0])), Fraction(0))


def rank(rows: list[list[Fraction]]) -> int:
    """The size of the largest square part with a determinant that is not 0."""
    width = len(rows[0]) if rows else 0
    return next(r for r in range(min(len(rows), width), -1, -1) if any(
        determinant([[rows[i][j] for j in columns] for i in chosen])
        for chosen in combinations(range(len(rows)), r)
        for columns in combinations(range(width), r)))


def solvable(word: str) -> bool:
    rows = system(word)
    if rows is None:
        return False
    exact = [[Fraction(x) for x in row] for row in rows]
    return rank(exact) == rank([row[:-1] for row in exact])


def solvable_modulo(word: str, p: int) -> bool:
    rows = system(word)
    return rows is not None and any(
        all((sum(a * x for a, x in zip(row, point, strict=False)) - row[-1]) % p == 0
            for row in rows)
        for point in product(range(p), repeat=len(rows[0]) - 1 if rows else 0))


def feasible(word: str) -> bool:
    """Some linearly independent columns have b as a combination without negative factors."""
    rows = system(word)
    if rows is None:
        return False
    exact = [[Fraction(x) for x in row] for row in rows]
    for size in range(len(exact) + 1):
        for columns in combinations(range(len(exact[0]) - 1 if exact else 0), size):
            for chosen in combinations(range(len(exact)), size):
                square = [[exact[i][j] for j in columns] for i in chosen]
                if det := determinant(square):
                    point = [determinant([[*row[:k], exact[i][-1], *row[k + 1:]]
                                          for row, i in zip(square, chosen, strict=True)]) / det
                             for k in range(size)]
                    if min(point, default=0) >= 0 and all(
                            sum(row[j] * x for j, x in zip(columns, point, strict=True)) == row[-1]
                            for row in exact):
                        return True
    return False


def derives(word: str) -> bool:
    """For each nonterminal the words of bounded length, until nothing is new."""
    match = pattern("((N>((a|b|N)(,(a|b|N))*)?;)*):([ab]*)").fullmatch(word)
    if match is None:
        return False
    goal = word.split(":")[1]
    rules = [(head, body.split(",") if body else []) for head, body in
             (rule.split(">") for rule in match[1].split(";")[:-1])]
    known: dict[str, set[str]] = {"a": {"a"}, "b": {"b"}}
    while True:
        before = sum(map(len, known.values()))
        for head, body in rules:
            for parts in product(*(sorted(known.get(part, ())) for part in body)):
                if len("".join(parts)) <= len(goal):
                    known.setdefault(head, set()).add("".join(parts))
        if sum(map(len, known.values())) == before:
            return goal in known.get("0", ())


def hop(word: str, k: int) -> bool:
    place = len(word)
    for _ in range(k):
        back = [j for j in range(2, place + 1) if word[j - 2] == word[place - 1]]
        if not back:
            return False
        place = back[-1]
    return word[place - 1: place] == "a"
