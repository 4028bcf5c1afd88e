"""What the problems that libyaml reports mean, in plain words."""

from __future__ import annotations

import re

import yaml

from calque.codes import Code
from calque.document.limits import MAX_ALIASED
from calque.document.similar import similar
from calque.document.span import Problem, Span, conflict

_TAB = (
    "a tab stands where YAML only allows spaces",
    "indent with spaces",
)
_RESERVED = (
    "a value cannot begin with this character",
    "put the value in quotes",
)

_MEANINGS: tuple[tuple[str, str, str, str], ...] = (
    # What libyaml was doing, what it reports, what is wrong, what would be right.
    (
        "",
        "mapping values are not allowed",
        "a `:` is not expected here",
        "put a text that holds `: ` in quotes, and check the indentation of this line",
    ),
    (
        "",
        "block sequence entries are not allowed",
        "an item of a list cannot begin here",
        "begin the list on a line of its own, or put the text in quotes",
    ),
    (
        "quoted scalar",
        "unexpected end of stream",
        "the quotes that begin here are never closed",
        "add the closing quote",
    ),
    (
        "quoted scalar",
        "unexpected document indicator",
        "the quotes that begin here are never closed",
        "add the closing quote",
    ),
    (
        "quoted scalar",
        "unknown escape character",
        "this is not an escape that YAML has",
        "write `\\\\` for a backslash, or use single quotes",
    ),
    (
        "quoted scalar",
        "",
        "this escape does not name a character",
        "write `\\\\` for a backslash, or use single quotes",
    ),
    (
        "flow sequence",
        "",
        "the list that begins on line {line} is not closed here",
        "a `,` or a `]` is missing before this place",
    ),
    (
        "flow mapping",
        "",
        "the object that begins on line {line} is not closed here",
        "a `,` or a `}` is missing before this place",
    ),
    (
        "block collection",
        "",
        "this is not an item of the list before it",
        "begin it with `-`, or indent it differently",
    ),
    (
        "block mapping",
        "",
        "this is not a `key: value` of the object it stands in",
        "check the indentation and the quotes of this line and the one before",
    ),
    (
        "",
        "could not find expected ':'",
        "a key without its `:`",
        "write `key: value`, and check the indentation of this line",
    ),
    (
        "",
        "did not find expected <document start>",
        "the document has ended before this place",
        "check the indentation of this line and the one before",
    ),
    (
        "block scalar",
        "",
        "nothing can stand on the line after `|` or `>`",
        "begin the text on the next line, indented",
    ),
    (
        "",
        "did not find expected node content",
        "a value is missing here",
        "write a value, or put this one in quotes",
    ),
    (
        "",
        "undefined tag handle",
        "this tag is not defined",
        "remove the tag, or put the value in quotes",
    ),
)


def explain(error: yaml.YAMLError, text: str) -> Problem:
    """The problem that libyaml found in `text`."""
    if found := conflict(text, Code.YAML_SYNTAX):
        return found
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return unprintable(text) or _problem(
            "the text is not YAML", "check it with a YAML linter", Span(0, 1)
        )
    start, reported = error.problem_mark.index, error.problem or ""
    if "cannot start any token" in reported or "found a tab" in reported:
        tab = text[start : start + 1] == "\t"
        return _problem(*(_TAB if tab else _RESERVED), Span(start, start + 1))
    message, advice = _meaning(error.context or "", reported)
    if error.context_mark is not None:
        message = message.replace("{line}", str(error.context_mark.line + 1))
        # Noticed where the next thing begins, and wrong where this one does.
        if "never closed" in message or "without its" in message:
            start = error.context_mark.index
    return _problem(message, advice, Span(start, start + 1))


def _meaning(context: str, problem: str) -> tuple[str, str]:
    for doing, reported, message, advice in _MEANINGS:
        if doing in context and reported in problem:
            return message, advice
    return f"the text is not YAML: {problem}", "check this line and the one before"


_UNPRINTABLE = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)


def unprintable(text: str) -> Problem | None:
    """The first character that YAML does not allow (YAML 1.2, section 5.1)."""
    match = _UNPRINTABLE.search(text)
    if match is None:
        return None
    return _problem(
        f"the character U+{ord(match[0]):04X} cannot stand in a YAML text",
        "remove it, or write it as an escape in double quotes",
        Span(*match.span()),
    )


def second_document(span: Span) -> Problem:
    """The problem of a second `---`."""
    return Problem(
        code=Code.SEVERAL_DOCUMENTS,
        message="a second YAML document begins here",
        help="a file holds one document; move the second one to a file of its own",
        span=span,
    )


def unknown_alias(name: str, known: list[str], span: Span) -> Problem:
    """The problem of an alias without its anchor before it."""
    close = similar(name, known)
    advice = f"did you mean `*{close}`?" if close else "put it in quotes if it is text"
    return _problem(f"no anchor `&{name}` stands before this alias", advice, span)


def alias_in_itself(name: str, span: Span) -> Problem:
    """The problem of an alias that would make a value contain itself."""
    return _problem(
        f"the alias `*{name}` stands inside the value that it repeats",
        "use a `$ref` for a schema that contains itself",
        span,
    )


def alias_bomb(name: str, span: Span) -> Problem:
    """The problem of aliases of aliases that multiply."""
    return Problem(
        code=Code.ALIAS_BOMB,
        message=f"with `*{name}`, the aliases repeat more than {MAX_ALIASED:,} values",
        help="use `$ref` for what is the same in many places",
        span=span,
    )


def _problem(message: str, advice: str, span: Span) -> Problem:
    return Problem(code=Code.YAML_SYNTAX, message=message, help=advice, span=span)
