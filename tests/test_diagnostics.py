"""How diagnostics look on a terminal, and what programs are told."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from calque.codes import Code
from calque.diagnostics import (
    Diagnostic,
    Location,
    Position,
    Severity,
    as_json,
    in_order,
    render,
)


@dataclass
class Places:
    """Finds every diagnostic at its own position in one line of text."""

    text: str
    width: int = 1
    file: str = "spec/openapi.yaml"

    def locate(self, diagnostic: Diagnostic) -> Location:
        return Location(
            file=self.file,
            position=diagnostic.position,
            width=self.width,
            text=self.text,
        )


def problem(line: int = 12, column: int = 1, message: str = "wrong") -> Diagnostic:
    return Diagnostic(
        severity=Severity.ERROR,
        code=Code.INVALID,
        message=message,
        help="do it right",
        pointer="#/a",
        position=Position(line, column),
    )


def shown(text: str, column: int, width: int = 1) -> tuple[str, str]:
    """The source line and the carets, without the margin."""
    lines = render(problem(column=column), Places(text, width)).split("\n")
    return lines[1].partition(" | ")[2], lines[2].partition(" | ")[2]


def test_the_whole_of_a_diagnostic() -> None:
    text = "      $ref: '#/components/schemas/Cal'"
    said = Diagnostic(
        severity=Severity.ERROR,
        code=Code.DANGLING_REF,
        message="`#/components/schemas/Cal` does not exist",
        help="did you mean `#/components/schemas/Call`?",
        position=Position(12, 13),
    )
    assert render(said, Places(text, 26)) == (
        "spec/openapi.yaml:12:13: error: `#/components/schemas/Cal` does not exist"
        " [dangling-ref]\n"
        "   12 |       $ref: '#/components/schemas/Cal'\n"
        "      |             ^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
        "      = help: did you mean `#/components/schemas/Call`?"
    )


def test_a_diagnostic_without_a_place() -> None:
    said = Diagnostic(
        severity=Severity.WARNING, code=Code.INVALID, message="odd", help="change it"
    )
    assert render(said, Places("")) == (
        "spec/openapi.yaml: warning: odd [invalid]\n      = help: change it"
    )


def test_carets_stand_below_wide_characters_and_tabs() -> None:
    assert shown("名前: x", 5) == ("名前: x", "      ^")
    assert shown("\ta: 名前", 5, 2) == ("    a: 名前", "       ^^^^")
    assert shown("e\u0301: x", 5) == ("e\u0301: x", "   ^")


def test_an_empty_line_gets_a_caret() -> None:
    assert shown("", 1) == ("", "^")


def test_a_long_line_is_cut_around_the_carets() -> None:
    line, carets = shown("a" * 500 + "HERE" + "b" * 500, 501, 4)
    assert line[carets.index("^") :][: carets.count("^")] == "HERE"
    assert (line[0], line[-1], len(line)) == ("…", "…", 100)
    line, carets = shown("HERE" + "b" * 500, 1, 4)
    assert (line[:4], line[-1], carets) == ("HERE", "…", "^^^^")
    line, carets = shown("a" * 500 + "HERE", 501, 4)
    assert (line[0], line[-4:], carets.index("^")) == ("…", "HERE", 96)
    line, carets = shown("b" * 500, 1, 500)
    assert (line, carets) == ("b" * 49 + "…", "^" * 50)


def test_nothing_in_a_document_can_steer_the_terminal() -> None:
    text = "\x1b[31m\u202e\u2066\x9b\u200b\u2028\r"
    said = render(problem(column=2, message=text), Places(text, 3, f"{text}.yaml"))
    assert all(
        c == "\n" or unicodedata.category(c) not in ("Cc", "Cf", "Zl", "Zp")
        for c in said
    )
    assert said.count("\n") == 3


@given(
    st.text(max_size=300),
    st.integers(1, 300),
    st.integers(1, 300),
)
def test_any_line_is_shown_within_the_width(text: str, column: int, width: int) -> None:
    said = render(problem(column=column), Places(text.replace("\n", ""), width))
    assert said.count("\n") == 3
    _, line, carets, _ = said.split("\n")
    shown = [c for c in line if not unicodedata.combining(c)]
    assert len(shown) <= 100 + len("   12 | ")
    assert carets.strip("^ |") == ""
    assert "^" in carets


def test_programs_get_one_object_a_line() -> None:
    text = as_json(problem(3, 5, 'with "quotes"\n'), Places("x"))
    assert "\n" not in text
    assert json.loads(text) == {
        "severity": "error",
        "code": "invalid",
        "message": 'with "quotes"\n',
        "help": "do it right",
        "file": "spec/openapi.yaml",
        "line": 3,
        "column": 5,
        "pointer": "#/a",
    }


def test_diagnostics_come_in_the_order_of_the_text_each_once() -> None:
    several = [problem(2, 1), problem(10, 1), problem(2, 1), problem(1, 9)]
    ordered = in_order(several, Places(""))
    assert [d.position for d in ordered] == [
        Position(1, 9),
        Position(2, 1),
        Position(10, 1),
    ]
