"""How generated files are laid out: as black does it, in Python and in Markdown's Python."""

from __future__ import annotations

import re
from collections.abc import Mapping

import black
from black.mode import TargetVersion
from black.parsing import InvalidInput

_MODE = black.Mode(target_versions={TargetVersion.PY311})

# A fenced block of Python in Markdown.
_FENCE = re.compile(r"(?<=^```python\n).*?(?=^```$)", re.DOTALL | re.MULTILINE)


def format_files(files: Mapping[str, str]) -> dict[str, str]:
    """The files in their final layout; raises SyntaxError for Python that is none."""
    return {path: _format(path, text) for path, text in sorted(files.items())}


def _format(path: str, text: str) -> str:
    if path.endswith(".py"):
        laid_out = python(text)
        compile(laid_out, path, "exec", dont_inherit=True)
        return laid_out
    if path.endswith(".md"):
        return _FENCE.sub(lambda block: _fenced(block[0]), _squeezed(text))
    return text


def python(text: str) -> str:
    """Python in black's layout."""
    return black.format_str(text, mode=_MODE)


def _fenced(block: str) -> str:
    """A block of Markdown's; one from the document's own words may be no Python."""
    try:
        return python(block)
    except InvalidInput:
        return block


def _squeezed(text: str) -> str:
    """Markdown without runs of blank lines, and with one newline at its end."""
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n") + "\n"
