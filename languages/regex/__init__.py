r"""Regular expressions with intersection and complement, compiled to minimal DFAs.

    expression    = conjunction { "|" conjunction }
    conjunction   = concatenation { "&" concatenation }
    concatenation = factor { factor }
    factor        = { "~" } atom [ "*" | "+" | "?" | "{m}" | "{m,}" | "{,n}" | "{m,n}" ]
    atom          = letter | "\" mark | "." | class | "()" | "(" expression ")"
    class         = "[" [ "^" ] item { item } "]"
    item          = letter | "\" mark | letter "-" letter

Whole words are matched. Letters are single characters; the characters `|&~*+?{}()[].\^$` and
white space are letters only after a backslash (in a class, only `[`, `]`, `\`, a leading `^` and
a `-` between two letters need one). `()` is the empty word, `~x` all words that are not in x;
`~` binds looser than a repetition, so `~a*` is `~(a*)`, and tighter than concatenation. `&` is
intersection.

The alphabet is part of the language. It is given, or else consists of the letters that are
written in the expression, sorted: `.`, `[^a]` and `~` range over exactly these. Without any
written letter an alphabet has to be given.
"""

from languages.regex.compiler import regex_to_dfa
from languages.regex.parser import parse_regex

__all__ = ["parse_regex", "regex_to_dfa"]
