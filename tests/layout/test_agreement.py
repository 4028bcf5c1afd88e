"""calque's layout against black itself: the same bytes, or none."""

from __future__ import annotations

from pathlib import Path

import black
import pytest
from black.mode import TargetVersion
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cases.case import CASES, read

from calque.layout import lay_out

pytestmark = pytest.mark.once

MODE = black.Mode(target_versions={TargetVersion.PY311})
DRAWN = settings(
    max_examples=300,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def by_black(text: str) -> str:
    return black.format_str(text, mode=MODE)


# Names of every length, so that lines end just before and just after the last column.
names = st.integers(1, 34).map(
    lambda n: "n" + "ame_of_what_is_given_to_the_call"[: n - 1]
)
dotted = st.one_of(names, names.map(lambda n: f"m.{n.title()}"))
strings = st.one_of(
    st.integers(0, 50)
    .map(lambda n: '"' + "some words of a text, " * 3 + '"')
    .flatmap(lambda s: st.integers(2, 60).map(lambda n: f'{s[:n]}"')),
    st.just("'\"'"),
)
atoms = st.one_of(dotted, strings, st.sampled_from(["None", "True", "1", "-1", "2.5"]))


def joined(
    items: st.SearchStrategy[str], opening: str, closing: str, least: int, magic: bool
) -> st.SearchStrategy[str]:
    """Items between brackets, now and then with a trailing comma."""

    def text(drawn: list[str], comma: bool) -> str:
        trailing = "," if comma and drawn and magic else ""
        return f"{opening}{', '.join(drawn)}{trailing}{closing}"

    drawn = st.lists(items, min_size=least, max_size=4)
    return st.builds(text, drawn, st.integers(0, 9).map(lambda n: n == 0))


types = st.recursive(
    st.one_of(dotted, st.sampled_from(["str", "int", "None"])),
    lambda inner: st.one_of(
        inner.map(lambda t: f"list[{t}]"),
        st.tuples(st.sampled_from(["str", "int"]), inner).map(
            lambda pair: f"dict[{pair[0]}, {pair[1]}]"
        ),
        st.lists(inner, min_size=2, max_size=4).map(" | ".join),
        joined(strings, "Literal[", "]", 1, True),
    ),
    max_leaves=6,
)


def _calls(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    given_ = st.one_of(inner, st.tuples(names, inner).map(lambda p: f"{p[0]}={p[1]}"))
    return st.builds(str.__add__, dotted, joined(given_, "(", ")", 0, True))


values = st.recursive(
    atoms,
    lambda inner: st.one_of(
        _calls(inner),
        joined(inner, "[", "]", 0, True),
        joined(st.tuples(strings, inner).map(": ".join), "{", "}", 0, True),
        joined(inner, "(", ")", 2, True),
        types.map(lambda t: f"Json(lambda: {t})"),
        st.tuples(_calls(inner), names).map(".".join),
        st.tuples(dotted, atoms).map(lambda p: f"{p[0]}[{p[1]}]"),
    ),
    max_leaves=10,
)
parameters = st.one_of(
    st.tuples(names, types).map(": ".join),
    st.tuples(names, types, atoms).map(lambda p: f"{p[0]}: {p[1]} = {p[2]}"),
)


def _function(head: str, given_: list[str], returned: str, exploded: bool) -> str:
    listed = ["self", "*", *given_] if given_ else ["self"]
    if exploded:
        inside = "".join(f"\n    {item}," for item in listed)
        return f"{head} call({inside}\n) -> {returned}:\n    pass\n"
    return f"{head} call({', '.join(listed)}) -> {returned}:\n    pass\n"


functions = st.builds(
    _function,
    st.sampled_from(["def", "async def"]),
    st.lists(parameters, max_size=4),
    types,
    st.booleans(),
)
long_names = st.tuples(names, names, names).map("_".join)


def _exploded(head: str, brackets: str, inside: list[str], after: str) -> str:
    """A statement that is broken already, one element a line."""
    lines = "".join(f"\n    {each}," for each in inside)
    return f"{head}{brackets[0]}{lines}\n{brackets[1]}{after}\n"


exploded = st.one_of(
    st.builds(
        _exploded,
        dotted,
        st.just("()"),
        st.lists(st.one_of(atoms, _calls(atoms)), max_size=3),
        dotted.map(lambda name: f".{name}()"),
    ),
    st.builds(
        _exploded,
        st.tuples(names, types, dotted).map(lambda p: f"{p[0]}: {p[1]} = {p[2]}"),
        st.just("()"),
        st.lists(st.tuples(names, values).map("=".join), max_size=3),
        st.just(""),
    ),
    st.builds(
        _exploded,
        names.map(lambda n: f"{n} = "),
        st.just("{}"),
        st.lists(st.tuples(strings, strings).map(": ".join), min_size=1, max_size=3),
        st.just(""),
    ),
)
statements = st.one_of(
    exploded,
    st.tuples(long_names, types, values).map(lambda p: f"{p[0]}: {p[1]} = {p[2]}\n"),
    st.tuples(dotted, values).map(lambda p: f"{p[0]} = {p[1]}\n"),
    st.tuples(names, types).map(lambda p: f"{p[0]}: {p[1]}\n"),
    st.tuples(names, types, values).map(lambda p: f"{p[0]}: {p[1]} = {p[2]}\n"),
    values.map(lambda v: f"def f() -> None:\n    return {v}\n"),
    values.map(lambda v: f"async def f() -> None:\n    return await {v}\n"),
    st.lists(names, min_size=1, max_size=6).map(
        lambda ns: f"from ..some.module import {', '.join(ns)}\n"
    ),
    st.lists(st.tuples(names, names).map(" as ".join), min_size=1, max_size=3).map(
        lambda ns: f"from . import {', '.join(ns)}\n"
    ),
    _calls(values).map(lambda c: f"{c}\n"),
    functions,
    st.tuples(names, values).map(lambda p: f"for {p[0]} in {p[1]}:\n    pass\n"),
    joined(dotted, "class Some(", "):\n    pass\n", 1, False),
)


def agrees(text: str) -> None:
    laid_out = lay_out(text)
    if laid_out is not None:
        assert laid_out == by_black(text)


@DRAWN
@given(statements)
def test_a_statement_is_laid_out_as_black_does_it(text: str) -> None:
    agrees(text)


words = st.text("ab \"'\\\t\n.-é\u00a0—", max_size=60)
blocks = st.sampled_from(
    [
        "import os\n",
        "from . import x\n",
        "x = 1\n",
        "x: int = 1\n",
        "if x:\n    y = 1\n",
        "if x:\n    import y\nelse:\n    z = 1\n",
        "class A:\n    pass\n",
        "for x in y(z):\n    print(x)\n",
        "with x as y:\n    for a in b:\n        ...\n",
        'class A:\n    """A."""\n',
        'class A:\n    """A."""\n\n    x: int\n    """It."""\n\n    def f(self) -> None:\n        pass\n',
        "class A:\n\n    x = 1\n    @b\n    def f(self) -> None:\n        return None\n",
        "def f() -> None:\n    pass\n",
        "class A:\n    @overload\n    def f(self) -> B: ...\n    @overload\n    def f(\n        self,\n        *,\n        x: int,\n    ) -> C: ...\n\n    def f(self) -> D:\n        pass\n",
        "class A:\n    def f(self) -> B: ...\n    x = 1\n",
        '@a.b\ndef f() -> None:\n    """F."""\n\n    return None\n',
    ]
)


@DRAWN
@given(
    st.booleans(),
    st.lists(st.tuples(blocks, st.integers(0, 3)), min_size=1, max_size=5),
)
def test_blank_lines_are_as_black_has_them(
    docstring: bool, parts: list[tuple[str, int]]
) -> None:
    text = "".join(part + "\n" * blank for part, blank in parts)
    source = f'"""Doc."""\n{text}' if docstring else text
    assert lay_out(source) == by_black(source)


@DRAWN
@given(
    words,
    st.sampled_from(
        ['"""{}"""\nx = 1\n', 'class A:\n    """{}"""\n', 'x: int\n"""{}"""\n']
    ),
)
def test_a_docstring_stays_where_black_leaves_it(text: str, place: str) -> None:
    source = place.format(text.replace('"""', "").replace("\t", " "))
    try:
        compile(source, "drawn", "exec")
    except SyntaxError:
        return
    agrees(source)


@pytest.mark.parametrize("path", CASES, ids=lambda p: p.stem)
def test_black_changes_nothing_of_a_case(path: Path) -> None:
    for title, text in read(path).sections.items():
        if title.endswith(".py") and not title.startswith("_runtime/"):
            assert by_black(text) == text, title


@pytest.mark.parametrize(
    "text",
    [
        "x = 1  # said\n",
        "while x:\n    pass\n",
        "for x in (y, z):\n    pass\n",
        "class A:\n    ...\n",
        "def f() -> None:\n    ...\n",
        "x = [y for y in z]\n",
        "x = 'single'\n",
        "x = (1)\n",
        "x=1\n",
        "x = 1;y = 2\n",
        "x = f'{y}'\n",
        "x = 0XFF\n",
        "x = 1 +\\\n    2\n",
        "class A():\n    pass\n",
        "def f(: int) -> None:\n    pass\n",
        "x = )\n",
        "if x:\ny = 1\n",
        "x = 1\n    y = 2\n",
        "def f() -> None:\n",
        'x = "\\xAB"\n',
    ],
)
def test_what_is_not_known_is_left_to_black(text: str) -> None:
    assert lay_out(text) is None


def test_a_name_may_be_longer_than_a_line() -> None:
    text = f"class A:\n    def {'a' * 90}(self) -> {'B' * 90}:\n        return {'B' * 90}\n"
    assert lay_out(text) == by_black(text)


@pytest.mark.parametrize(
    "text",
    [
        # The commas of the first look keep the brackets open at the second.
        f"{'name_' * 17}: Kept[{'m.First' * 6}, {'m.Second' * 6}, object] = Made()\n",
        # There is nothing between the brackets.
        f"x = client.{'name_' * 9}.{'call_' * 7}(\n)\n",
        # What follows the brackets of a call that is broken already.
        f'client.{"name_" * 9}.call(\n    "1",\n    "2",\n    at="3",\n).result()\n',
        f'client.call(\n    "1",\n    at=m.Some(\n        of={"name_" * 12},\n    ),\n).result()\n',
    ],
)
def test_what_black_looks_at_twice_is_as_it_ends(text: str) -> None:
    assert lay_out(text) == by_black(text)
