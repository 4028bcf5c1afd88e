"""How a report looks: in a terminal, as Markdown, as a page; whatever a document says."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

import calque
from calque.cli import main
from calque.comparison import Effect, Report
from calque.comparison.html import page
from calque.comparison.markdown import markdown
from tests.comparison.proof import PROOFS, SIDES, read, reports, surfaces

EVIL = "</code></pre></script><script>alert(1)</script><img src=x onerror=alert(2)>\"'&`````"
TURNED = "\u202egnp.exe\u001b[2J"


def document(value: str, type_: str) -> object:
    """A document in which all texts are hostile."""
    return {
        "openapi": "3.1.1",
        "info": {"title": "Pets", "version": "1.0.0", "description": EVIL},
        "paths": {
            f"/pets/{EVIL}": {
                "get": {
                    "operationId": "getPet",
                    "tags": ["pets"],
                    "summary": EVIL + value,
                    "parameters": [
                        {
                            "name": EVIL + TURNED,
                            "in": "query",
                            "schema": {"type": type_, "default": value},
                        },
                        {
                            "name": "v",
                            "in": "query",
                            "required": True,
                            "schema": {"type": "string", "const": EVIL + value},
                        },
                    ],
                    "responses": {"200": {"description": "A pet."}},
                }
            }
        },
        "components": {
            "schemas": {"Kind": {"type": "string", "enum": [EVIL + value, TURNED, "a"]}}
        },
    }


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """The changes between two hostile documents."""
    folder = tmp_path_factory.mktemp("hostile")
    for name, value in (("old", "1"), ("new", "2")):
        type_ = "string" if name == "old" else "integer"
        text = json.dumps(document(value, type_))
        (folder / f"{name}.json").write_text(text)
    return calque.diff(folder / "old.json", folder / "new.json")


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """A report with changes of every class."""
    proofs = [proof for proof in map(read, PROOFS) if not proof.whole]
    folder = tmp_path_factory.mktemp("full")
    old, new = (surfaces(proofs, side, folder / side) for side in SIDES)
    return reports(old, new)["shown"]


class Tags(HTMLParser):
    """The elements of a page, what opened and was not closed, and its words."""

    VOID = frozenset({"meta", "input"})

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.parts: dict[str, str] = {}
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data
        if self.open and self.open[-1] in ("style", "script"):
            self.parts[self.open[-1]] = data


def parsed(text: str) -> Tags:
    tags = Tags()
    tags.feed(text)
    tags.close()
    assert tags.open == []
    return tags


@pytest.mark.parametrize("name", ["hostile", "full"])
def test_a_page_loads_nothing_and_runs_only_its_own_script(
    name: str, request: pytest.FixtureRequest
) -> None:
    report: Report = request.getfixturevalue(name)
    tags = parsed(page(report))
    attributes = {a for _, attrs in tags.found for a in attrs}
    assert not attributes & {"src", "href", "action", "style", "srcset", "background"}
    assert not [a for a in attributes if a.startswith("on")]
    assert [tag for tag, _ in tags.found].count("script") == 1
    policy = next(a["content"] or "" for _, a in tags.found if "http-equiv" in a)
    assert policy.startswith("default-src 'none'; ")
    for part, text in tags.parts.items():
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{part}-src 'sha256-{digest}'" in policy
    assert not re.search(r"url\(|@import|https?:", "".join(tags.parts.values()))


def test_a_page_says_what_hostile_documents_say(hostile: Report) -> None:
    text = page(hostile)
    assert hostile.changes
    assert "<script>alert" not in text
    assert "<img" not in text
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u001b]", text)
    assert "<script>alert(1)</script>" in parsed(text).words


def test_a_page_can_be_read_by_everyone(full: Report) -> None:
    tags = parsed(page(full))
    names = [tag for tag, _ in tags.found]
    assert [names.count(tag) for tag in ("html", "title", "h1", "main")] == [1] * 4
    assert tags.found[0] == ("html", {"lang": "en"})
    ids = [a["id"] for _, a in tags.found if "id" in a]
    assert len(ids) == len(set(ids))
    said = [a["aria-labelledby"] for tag, a in tags.found if tag == "section"]
    assert said == [effect.value for effect in Effect if full.counts()[effect]]
    assert set(said) <= set(ids)
    assert names.count("article") == len(full.changes)
    # What scrolls can be reached with the keyboard; what changes is told.
    assert all("tabindex" in a for tag, a in tags.found if tag == "pre")
    assert all("aria-live" in a for tag, a in tags.found if tag == "output")
    style = tags.parts["style"]
    assert "prefers-color-scheme: dark" in style
    assert ":focus-visible" in style


def test_both_sides_of_a_change_stand_next_to_each_other(full: Report) -> None:
    found = page(full)
    article = next(a for a in found.split("<article")[1:] if "call-renamed" in a)
    before, after = article.split("After")
    assert "<del>client.call_renamed.<mark>get</mark>(" in before
    assert "<ins>client.call_renamed.<mark>fetch</mark>(" in after


def test_nothing_of_a_document_is_markup_in_markdown(hostile: Report) -> None:
    text = markdown(hostile)
    outside = re.sub(r"^( *)(`{3,})diff\n.*?^\1\2$", "", text, flags=re.M | re.S)
    outside = re.sub(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)", "", outside)
    assert "alert" in text
    assert "alert" not in outside
    tags = {"sub", "/sub", "details", "/details", "summary", "/summary"}
    assert set(re.findall(r"<([^>]*)>", outside)) <= tags


def test_a_terminal_is_not_taken_over(
    hostile: Report, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert hostile.changes
    for name, value in (("old", "1"), ("new", "2")):
        (tmp_path / f"{name}.json").write_text(json.dumps(document(value, "string")))
    assert main(["diff", str(tmp_path / "old.json"), str(tmp_path / "new.json")]) == 0
    out = capsys.readouterr().out
    assert "alert" in out
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u001b]", out)


def test_every_rule_says_what_it_means_and_what_to_do(full: Report) -> None:
    text = markdown(full)
    for change in full.changes:
        assert change.rule.means.endswith(".")
        assert change.rule.adapt.endswith(".")
        assert change.rule.means in text
