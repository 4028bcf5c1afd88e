"""The form of a case: a fragment of a document, and what comes of it.

A case is one text file, `NAME.case`. It begins with a sentence on what it shows; then come
sections, each headed by a line `==> TITLE`:

- `document`: the document in YAML, without `openapi` and `info`;
- `beside NAME`: another file that it refers to;
- `overlay NAME`: an overlay that is applied to it;
- `diagnostics`: all that is printed, absent where nothing is;
- any other title is a file of the package `shown`, whole, as generated.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from calque.config import Config
from calque.diagnostics import in_order, render
from calque.document import Terms
from calque.pipeline import package, understand

HERE = Path(__file__).parent
CASES = sorted(HERE.glob("*.case"))
HEAD = "openapi: 3.1.1\ninfo: {title: Shown, version: 1.0.0}\n"
DOCUMENT, DIAGNOSTICS = "document", "diagnostics"
BESIDE, OVERLAY = "beside ", "overlay "


@dataclass(frozen=True, slots=True)
class Case:
    """A case as it stands in its file."""

    intent: str
    sections: dict[str, str]

    @property
    def document(self) -> str:
        """The whole document; a fragment that says its own version is one already."""
        body = self.sections[DOCUMENT]
        if body.startswith(("openapi:", "swagger:")):
            return body
        return HEAD + body + ("" if "paths:" in body else "paths: {}\n")

    @property
    def given(self) -> dict[str, str]:
        """The sections that are not written by calque."""
        return {
            title: text
            for title, text in self.sections.items()
            if title == DOCUMENT or title.startswith((BESIDE, OVERLAY))
        }

    def text(self) -> str:
        """The text of the case's file."""
        parts = [f"==> {title}\n{text}" for title, text in self.sections.items()]
        return f"{self.intent}\n\n" + "\n".join(parts)


def read(path: Path) -> Case:
    """The case in a file."""
    intent, *parts = re.split(r"^==> (.*)\n", path.read_text("utf-8"), flags=re.M)
    bodies = [f"{body.strip(chr(10))}\n" for body in parts[1::2]]
    return Case(intent.strip(), dict(zip(parts[::2], bodies, strict=True)))


def generated(case: Case, folder: Path) -> Case:
    """The case as it comes out now: the same sections, filled anew."""
    spec = folder / "openapi.yaml"
    spec.write_text(case.document, "utf-8")
    overlays: list[Path] = []
    for title, text in case.given.items():
        if title.startswith((BESIDE, OVERLAY)):
            path = folder / title.partition(" ")[2]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
            overlays += [path] if title.startswith(OVERLAY) else []
    result = understand(spec, terms=Terms(overlays=tuple(overlays)))
    found = in_order(result.diagnostics, result.locator)
    said = "\n".join(render(d, result.locator) for d in found)
    sections = case.given
    if said:
        sections[DIAGNOSTICS] = said.replace(f"{folder}/", "") + "\n"
    if result.value is not None:
        files = package(result.value, Config(package="shown"), "").files
        known = {*case.given, DIAGNOSTICS}
        wanted = [title for title in case.sections if title not in known]
        sections |= {title: files.get(title, "(not generated)\n") for title in wanted}
    return Case(case.intent, sections)
