"""A report as a page: one file that loads nothing, and that reads well without its script.

Whatever comes from a document goes through `text`, the one function that escapes.
"""

from __future__ import annotations

import base64
import hashlib
import html
import re
from difflib import SequenceMatcher
from importlib.resources import files
from itertools import zip_longest

from calque.comparison.change import Change, Report, Side
from calque.comparison.rule import Effect
from calque.comparison.words import TITLES, tally, verdict

_CODE = re.compile(r"`([^`]*)`")
_WORD = re.compile(r"\w+|\s+|.")

_ALIKE = 0.5
"""How alike two lines are that are the same line, changed (difflib's ratio, by words)."""


def page(report: Report) -> str:
    """The text of a page."""
    style, script = _part("page.css"), _part("page.js")
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    name = text(report.old.client.package)
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>What changes for callers of {name}</title>\n"
        f"<style>{style}</style>\n</head>\n<body>\n"
        f"{_head(report)}{_filters(report)}<main>\n"
        f"{''.join(_section(report, effect) for effect in Effect)}</main>\n"
        f"<script>{script}</script>\n</body>\n</html>\n"
    )


def text(words: str) -> str:
    """Words as they stand in HTML; marks that turn the direction of writing are shown."""
    seen = (
        c if c.isprintable() or c == "\n" else "\N{REPLACEMENT CHARACTER}"
        for c in words
    )
    return html.escape("".join(seen), quote=True)


def _part(name: str) -> str:
    return files("calque.comparison").joinpath(name).read_text("utf-8")


def _hash(part: str) -> str:
    """What a policy allows a part by (Content Security Policy 3, section 2.3.1)."""
    digest = base64.b64encode(hashlib.sha256(part.encode()).digest()).decode()
    return f"sha256-{digest}"


def _head(report: Report) -> str:
    package = text(report.old.client.package)
    level = report.bump.name.lower()
    return (
        f"<header>\n<h1>What changes for callers of <code>{package}</code></h1>\n"
        f'<p class="verdict {level}">{text(verdict(report))}</p>\n'
        f"<p>{text(tally(report))}.</p>\n</header>\n"
    )


def _filters(report: Report) -> str:
    boxes = "".join(
        f'<label class="{effect.value}"><input type="checkbox" value="{effect.value}" '
        f"checked> {TITLES[effect]} <b>{count}</b></label>\n"
        for effect, count in report.counts().items()
        if count
    )
    if not boxes:
        return ""
    return (
        '<form id="filters" role="search" aria-label="Filter the changes" hidden>\n'
        f"<fieldset><legend>Show</legend>\n{boxes}</fieldset>\n"
        '<label>Find <input type="search" id="find" '
        'placeholder="name, code or text"></label>\n'
        '<output id="shown" aria-live="polite"></output>\n</form>\n'
    )


def _section(report: Report, effect: Effect) -> str:
    changes = list(report.of(effect))
    if not changes:
        return ""
    articles = "".join(map(_article, changes))
    return (
        f'<section class="{effect.value}" aria-labelledby="{effect.value}">\n'
        f'<h2 id="{effect.value}">{TITLES[effect]}</h2>\n{articles}</section>\n'
    )


def _article(change: Change) -> str:
    rule = change.rule
    also = [TITLES[e].lower() for e in rule.effects[1:]]
    more = f" <small>also {' and '.join(also)}</small>" if also else ""
    return (
        f'<article data-effect="{rule.effect.value}">\n'
        f'<h3><code>{text(change.subject)}</code> <span class="rule">'
        f"{text(rule.code)}</span></h3>\n<p>{_prose(rule.means)}{more}</p>\n"
        f'<p class="adapt">{_prose(rule.adapt)}</p>\n'
        f'<div class="sides">\n{_sides(change)}</div>\n</article>\n'
    )


def _prose(words: str) -> str:
    """Words of calque's own, in which backquotes mark code."""
    return _CODE.sub(r"<code>\1</code>", text(words))


def _sides(change: Change) -> str:
    old = change.old.python.splitlines() if change.old else []
    new = change.new.python.splitlines() if change.new else []
    before, after = _compared(old, new)
    return _side("Before", change.old, "".join(before)) + _side(
        "After", change.new, "".join(after)
    )


def _compared(old: list[str], new: list[str]) -> tuple[list[str], list[str]]:
    """The lines of both sides, with what is not in the other one marked."""
    before: list[str] = []
    after: list[str] = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, i, j, k, m in matcher.get_opcodes():
        if kind == "equal":
            before += (f"{text(line)}\n" for line in old[i:j])
            after += (f"{text(line)}\n" for line in new[k:m])
            continue
        for one, other in zip_longest(old[i:j], new[k:m]):
            gone, come = _words(one or "", other or "")
            before += [f"<del>{gone}\n</del>"] if one is not None else []
            after += [f"<ins>{come}\n</ins>"] if other is not None else []
    return before, after


def _words(one: str, other: str) -> tuple[str, str]:
    """Two lines, with the words marked that the other one does not have.

    Nothing is marked where little of them is alike: it would not help to see how.
    """
    old, new = _WORD.findall(one), _WORD.findall(other)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < _ALIKE:
        return text(one), text(other)
    before = after = ""
    for kind, i, j, k, m in matcher.get_opcodes():
        gone, come = text("".join(old[i:j])), text("".join(new[k:m]))
        before += gone if kind == "equal" or not gone else f"<mark>{gone}</mark>"
        after += come if kind == "equal" or not come else f"<mark>{come}</mark>"
    return before, after


def _side(title: str, side: Side | None, lines: str) -> str:
    if side is None:
        return f'<figure class="none"><figcaption>{title}</figcaption><p>not there</p></figure>\n'
    place = f" <span>{text(side.place)}</span>" if side.place else ""
    return (
        f"<figure><figcaption>{title}{place}</figcaption>"
        f'<pre tabindex="0"><code>{lines}</code></pre></figure>\n'
    )
