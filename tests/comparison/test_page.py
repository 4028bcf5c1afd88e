"""The page of a report in a browser: it filters, fits, can be read, and asks nobody anything."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

import calque
from calque.comparison import Effect, Report
from calque.comparison.html import page as text_of
from tests.comparison.browser import Page, browsing
from tests.comparison.proof import PROOFS, SIDES, read, reports, surfaces
from tests.comparison.test_forms import document

pytestmark = pytest.mark.tools

# The visible changes, by their classes; what the page says of their number.
VISIBLE = """(() => {
  const all = [...document.querySelectorAll("article")].filter((a) => a.checkVisibility());
  const counts = {};
  for (const a of all) counts[a.dataset.effect] = (counts[a.dataset.effect] ?? 0) + 1;
  const titles = [...document.querySelectorAll("h2")].filter((h) => h.checkVisibility());
  return [counts, document.getElementById("shown").textContent, titles.map((h) => h.id)];
})()"""

# Contrast of each text to what is behind it (WCAG 2.2, 1.4.3): the worst one.
CONTRAST = """(() => {
  const channel = (v) => ((v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
  const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const parts = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const behind = (e) => {
    const colour = parts(getComputedStyle(e).backgroundColor);
    return colour.length === 3 || colour[3] === 1 ? colour : behind(e.parentElement);
  };
  let worst = [99, ""];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const e = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !e.checkVisibility()) continue;
    const [a, b] = [light(parts(getComputedStyle(e).color)), light(behind(e))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < worst[0]) worst = [ratio, e.outerHTML.slice(0, 200)];
  }
  return worst;
})()"""

# Where both sides of each change are; rows of marked lines that overlap; what sticks out.
LAYOUT = """(() => {
  const box = (e) => e.getBoundingClientRect();
  const sides = [...document.querySelectorAll(".sides")].map((s) => [...s.children].map(box));
  const crowded = [...document.querySelectorAll("pre")].filter((pre) => {
    const tops = [...pre.querySelectorAll("del, ins")].map((line) => box(line).top);
    return new Set(tops).size !== tops.length;
  });
  return {
    beside: sides.every(([a, b]) => a.top === b.top && a.right <= b.left),
    below: sides.every(([a, b]) => a.bottom <= b.top && a.left === b.left),
    crowded: crowded.length,
    sticksOut: document.documentElement.scrollWidth > innerWidth,
  };
})()"""


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with browsing(tmp_path_factory.mktemp("profile")) as page:
        yield page


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """A report with changes of most classes, in places of documents."""
    proofs = [proof for proof in map(read, PROOFS) if not proof.whole]
    folder = tmp_path_factory.mktemp("full")
    old, new = (surfaces(proofs, side, folder / side) for side in SIDES)
    return reports(old, new)["shown"]


@pytest.fixture(scope="module")
def file(full: Report, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "changes.html"
    path.write_text(text_of(full), "utf-8")
    return path


def quiet(page: Page, file: Path) -> None:
    """Nothing went wrong, and nothing was asked for but the file."""
    complaints = page.named(
        *("Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded"),
        *("Page.javascriptDialogOpening", "Network.loadingFailed"),
    )
    assert complaints == []
    asked = [event["params"] for event in page.named("Network.requestWillBeSent")]
    requests = [said["request"] for said in asked if isinstance(said, dict)]
    assert {str(r["url"]) for r in requests if isinstance(r, dict)} == {file.as_uri()}


def visible(page: Page) -> tuple[dict[str, int], str, list[str]]:
    found = page.evaluate(VISIBLE)
    assert isinstance(found, list)
    counts, said, titles = json.loads(json.dumps(found))
    return counts, said, titles


def test_changes_are_filtered(browser: Page, full: Report, file: Path) -> None:
    browser.sized(1280)
    browser.open(file)
    all_ = {effect.value: n for effect, n in full.counts().items() if n}
    many = len(full.changes)
    assert visible(browser) == (all_, f"{many} of {many} changes", [*all_])
    browser.evaluate("document.querySelector('input[value=addition]').click()")
    without = {kind: n for kind, n in all_.items() if kind != Effect.ADDITION.value}
    some = f"{sum(without.values())} of {many} changes"
    assert visible(browser) == (without, some, [*without])
    # Typed as a person does, so that the page hears of it as it would.
    browser.evaluate("document.getElementById('find').focus()")
    browser.ask("Input.insertText", text="CALL-RENAMED .fetch(")
    assert visible(browser) == (
        {"type-check": 1},
        f"1 of {many} changes",
        ["type-check"],
    )
    browser.ask("Input.insertText", text=" nowhere")
    assert visible(browser) == ({}, f"0 of {many} changes", [])
    quiet(browser, file)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [360, 768, 1280, 2000])
def test_a_page_fits_and_can_be_read(
    browser: Page, file: Path, width: int, dark: bool
) -> None:
    browser.sized(width, dark=dark)
    browser.open(file)
    wide = width > 768
    assert browser.evaluate(LAYOUT) == {
        "beside": wide,
        "below": not wide,
        "crowded": 0,
        "sticksOut": False,
    }
    worst = browser.evaluate(CONTRAST)
    assert isinstance(worst, list)
    ratio, where = worst
    assert isinstance(ratio, float)
    assert ratio >= 4.5, where
    paper = browser.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (paper == "rgb(20, 23, 26)") == dark
    quiet(browser, file)


def test_without_its_script_a_page_shows_everything(
    browser: Page, full: Report, file: Path
) -> None:
    browser.ask("Emulation.setScriptExecutionDisabled", value=True)
    browser.open(file)
    browser.ask("Emulation.setScriptExecutionDisabled", value=False)
    assert browser.evaluate("document.getElementById('filters').hidden") is True
    count = "[...document.querySelectorAll('article')].filter((a) => !a.hidden).length"
    assert browser.evaluate(count) == len(full.changes)


def test_a_hostile_document_does_nothing(browser: Page, tmp_path: Path) -> None:
    for name, value in (("old", "1"), ("new", "2")):
        type_ = "string" if name == "old" else "integer"
        (tmp_path / f"{name}.json").write_text(json.dumps(document(value, type_)))
    report = calque.diff(tmp_path / "old.json", tmp_path / "new.json")
    file = tmp_path / "changes.html"
    file.write_text(text_of(report), "utf-8")
    browser.open(file)
    assert browser.evaluate("document.scripts.length") == 1
    assert browser.evaluate("document.images.length") == 0
    assert sum(visible(browser)[0].values()) == len(report.changes) > 0
    quiet(browser, file)
