"""How a name of a document falls into words, and how Python spells words as identifiers."""

from __future__ import annotations

import keyword
import re
import unicodedata
from functools import lru_cache

# Names that are one word, although their letters change case: in lower case everybody
# writes `github`. What ends in an acronym is only meant where the word ends with it.
_SPELLED = (
    r"(?:[oO]Auth|[gG]it(?:Hub|Lab)|[yY]ouTube|[lL]inkedIn|[pP]ayPal|[wW]hatsApp"
    r"|[wW]ordPress|[dD]evOps|(?:[jJ]ava|[tT]ype)Script|[wW]eb(?:Socket|Hook)"
    r"|(?:[oO]pen(?:API|AI|ID)|[gG]raphQL|(?:[mM]y|[nN]o|[pP]ostgre)SQL|[mM]ongoDB"
    r"|[iI]Pv(?=[46])|iOS|macOS)(?![a-z]))\d*"
)

# A word: such a name, a plural acronym, an acronym before a capitalised word, a capitalised or
# lower-case word with the digits that follow it, an acronym, digits with their letters.
_WORD = re.compile(
    rf"{_SPELLED}|[A-Z]{{2,}}s(?![a-z])"
    r"|[A-Z]+(?=[A-Z][a-z])\d*"
    r"|[A-Z]?[a-z]+\d*"
    r"|[A-Z]+\d*"
    r"|\d+(?:[a-z]+|[A-Z]+(?![a-z]))?"
    r"|[^\W\d_a-zA-Z]+\d*"
)

# What stands for itself in words where nothing else is left of a name.
_SIGNS = {
    "+": "plus",
    "-": "minus",
    "*": "any",
    "/": "slash",
    ".": "dot",
    "$": "dollar",
    "@": "at",
    "<": "less",
    ">": "more",
    "=": "equal",
    "!": "not",
    "%": "percent",
}


# What no identifier can hold, of ASCII.
_OUTSIDE = re.compile(r"[^0-9A-Za-z_]")
_CLASS = re.compile(r"[A-Z][A-Za-z0-9]*")

_MEMORY = 1 << 16
"""How many names are remembered: members and arguments are called alike."""


@lru_cache(_MEMORY)
def words(name: str) -> tuple[str, ...]:
    """The words of a name: `mediaStreamingURL2` is media, Streaming, URL2."""
    plain = name if name.isascii() else _folded(name)
    found = _WORD.findall(_identifiable(plain.replace("'", "")))
    if not found or (plain[0] in _SIGNS and found[0][0].isdigit()):
        found = [*(_SIGNS[c] for c in plain if c in _SIGNS), *found]
    return tuple(found or [f"x{ord(c):x}" for c in plain[:4]] or ["empty"])


def spelled(name: str) -> str:
    """The name with its signs written out: `GMT+0` is `GMT plus 0`."""
    if name.isidentifier():
        written = name
    else:
        written = "".join(f" {_SIGNS[c]} " if c in _SIGNS else c for c in name)
    return f"under {written}" if name.startswith("_") else written


def spellings(name: str) -> tuple[str, ...]:
    """What a member may be called, the best first: its words, its signs, its case."""
    bare = snake(name)
    case = case_of(name)
    return bare, snake(spelled(name)), f"{bare}_", f"{bare.strip('_')}_{case}"


def case_of(name: str) -> str:
    """The word for the case of the letters of a name."""
    return "lower" if name.islower() else "upper" if name.isupper() else "mixed"


def _folded(name: str) -> str:
    """The name in the plainest characters that mean the same (Unicode TR 15, NFKD)."""
    folded = unicodedata.normalize("NFKD", name)
    bare = "".join(c for c in folded if not unicodedata.combining(c))
    return unicodedata.normalize("NFKC", bare)


def _identifiable(text: str) -> str:
    """The text with a space for each character that no identifier can hold."""
    if text.isascii():
        return _OUTSIDE.sub(" ", text)
    return "".join(c if f"a{c}".isidentifier() else " " for c in text)


@lru_cache(_MEMORY)
def snake(name: str) -> str:
    """`callbackUri` as a variable: `callback_uri`."""
    return _safe("_".join(word.lower() for word in words(name)))


def upper(name: str) -> str:
    """`transferAccepted` as a constant: `TRANSFER_ACCEPTED`."""
    spelled = "_".join(word.upper() for word in words(name))
    return spelled if spelled[0].isidentifier() else f"VALUE_{spelled}"


def pascal(name: str) -> str:
    """`call source` as a class: `CallSource`; a class name already is kept as it is."""
    if _CLASS.fullmatch(name):
        return _safe(name)
    spelled = "".join(word[0].upper() + word[1:] for word in words(name))
    return _safe(spelled if spelled[0].isidentifier() else f"N{spelled}")


def _safe(identifier: str) -> str:
    """The identifier, out of the way of keywords, and of a leading digit."""
    if not identifier[0].isidentifier():
        return f"n{identifier}"
    return f"{identifier}_" if keyword.iskeyword(identifier) else identifier
