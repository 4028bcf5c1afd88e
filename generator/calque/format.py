"""How generated files are laid out, in Python and in Markdown's Python, and by whom."""

from __future__ import annotations

import re
import shutil
import sysconfig
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from calque.layout import lay_out
from calque.workers import beside

# A fenced block of Python in Markdown.
_FENCE = re.compile(r"(?<=^```python\n).*?(?=^```$)", re.DOTALL | re.MULTILINE)


class Formatter(StrEnum):
    """Who lays out Python: calque as black would and black where it can't; or one alone."""

    CALQUE = "calque"
    BLACK = "black"
    RUFF = "ruff"


@dataclass(frozen=True, slots=True)
class Formatted:
    """Files in their final layout, and those among them that took black to lay out."""

    files: Mapping[str, str]
    by_black: tuple[str, ...] = ()


Layout = Callable[[Mapping[str, str]], Formatted]

_MUCH = 400_000
"""From how many characters on it pays to lay them out in another process."""


def format_files(
    files: Mapping[str, str], by: Formatter = Formatter.CALQUE
) -> Formatted:
    """The files in their final layout.

    Raises ValueError or SyntaxError for Python that is none, and FileNotFoundError
    where ruff is wanted and not installed.
    """
    if by is Formatter.RUFF:
        return Formatted(_ruff({path: _squeezed(path, t) for path, t in files.items()}))
    known = _unknown if by is Formatter.BLACK else lay_out
    done: dict[str, str] = {}
    by_black: list[str] = []
    for path, text in sorted(files.items()):
        done[path], black = _format(path, _squeezed(path, text), known)
        by_black += [path] if black else []
    return Formatted(done, tuple(by_black))


def begun(
    files: Mapping[str, str], layout: Layout, workers: int
) -> Callable[[], Formatted]:
    """Begins a layout; what is given back waits for its end.

    With more than one worker, much is laid out in other processes, each a share of it.
    """
    if workers < 2 or sum(map(len, files.values())) < _MUCH:
        return partial(layout, files)
    shares = _shares(files, workers - 1)
    return partial(_together, [beside(layout, share) for share in shares])


def _shares(files: Mapping[str, str], number: int) -> list[dict[str, str]]:
    """The files in so many shares that are about as large: the largest first, each to
    the share that has least.
    """
    shares: list[dict[str, str]] = [{} for _ in range(number)]
    sizes = [0] * number
    for path in sorted(files, key=lambda path: (-len(files[path]), path)):
        least = sizes.index(min(sizes))
        shares[least][path] = files[path]
        sizes[least] += len(files[path])
    return [share for share in shares if share]


def _together(outcomes: Iterable[Callable[[], Formatted]]) -> Formatted:
    done = [outcome() for outcome in outcomes]
    files = {path: text for each in done for path, text in each.files.items()}
    by_black = [path for each in done for path in each.by_black]
    return Formatted(dict(sorted(files.items())), tuple(sorted(by_black)))


_Known = Callable[[str], str | None]


def _unknown(_text: str) -> None:
    """Knows no layout."""


def _format(path: str, text: str, known: _Known) -> tuple[str, bool]:
    """A file laid out, and whether black did it."""
    if path.endswith(".py"):
        laid_out = known(text)
        return (laid_out, False) if laid_out is not None else (_black(path, text), True)
    if path.endswith(".md"):
        blocks = {block: known(block) for block in set(_FENCE.findall(text))}
        unknown = {b: _fenced(path, b) for b, laid in blocks.items() if laid is None}
        laid = {**blocks, **unknown}
        return _FENCE.sub(lambda block: laid[block[0]] or "", text), bool(unknown)
    return text, False


def _black(path: str, text: str) -> str:
    # Loading black takes longer than laying out a small package without it.
    import black
    from black.mode import TargetVersion

    mode = black.Mode(target_versions={TargetVersion.PY311})
    laid_out = black.format_str(text, mode=mode)
    compile(laid_out, path, "exec", dont_inherit=True)
    return laid_out


def _fenced(path: str, block: str) -> str:
    """A block of Markdown's; one from the document's own words may be no Python."""
    from black.parsing import InvalidInput

    try:
        return _black(path, block)
    except InvalidInput:
        return block


def _squeezed(path: str, text: str) -> str:
    """Markdown without runs of blank lines, and with one newline at its end."""
    if not path.endswith(".md"):
        return text
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n") + "\n"


def _ruff(files: dict[str, str]) -> dict[str, str]:
    ruff = shutil.which("ruff", path=sysconfig.get_path("scripts")) or shutil.which(
        "ruff"
    )
    if ruff is None:
        raise FileNotFoundError(
            "ruff is not installed: install it beside calque, or leave out --format=ruff"
        )
    # Most runs lay nothing out by it, and need not load what runs it.
    import subprocess

    with TemporaryDirectory() as folder:
        paths = {path: Path(folder, path) for path in files if path.endswith(".py")}
        for path, there in paths.items():
            there.parent.mkdir(parents=True, exist_ok=True)
            there.write_text(files[path], "utf-8", newline="\n")
        options = ("--isolated", "--quiet", "--no-cache", "--target-version=py311")
        done = subprocess.run(
            [ruff, "format", *options, folder],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise SyntaxError(done.stderr.strip().replace(f"{folder}/", ""))
        laid_out = {path: there.read_text("utf-8") for path, there in paths.items()}
    return {**files, **laid_out}
