"""What a document is under the overlays that it is read with."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from calque.diagnostics import Diagnostic
from calque.document.files import whole
from calque.document.moves import Origins
from calque.document.node import Node
from calque.document.overlaid import Overlaid
from calque.document.overlay import understood
from calque.document.read import of_another, read
from calque.document.source import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Under:
    """The document under its overlays, and their texts by name.

    `origins` has where the values stand that are not where the document has them: in an
    overlay, or at another place of an array.
    """

    root: Node
    sources: dict[str, Source] = field(default_factory=dict[str, Source])
    origins: Origins = field(default_factory=Origins)
    diagnostics: tuple[Diagnostic, ...] = ()


def under(root: Node, folder: Path, overlays: Iterable[Path]) -> Under:
    """Applies the overlays in their order to the document in `folder`."""
    paths = list(overlays)
    if not paths:
        return Under(root=root)
    overlaid = Overlaid(root)
    sources: dict[str, Source] = {}
    diagnostics: list[Diagnostic] = []
    for path in paths:
        name = Path(os.path.relpath(path, folder)).as_posix()
        reading = read(path)
        sources[name] = reading.source
        diagnostics.extend(of_another(d, name) for d in reading.diagnostics)
        if reading.root is None:
            continue
        overlay = understood(Node(whole(name), reading.root.value))
        diagnostics.extend(overlay.diagnostics)
        for action in overlay.actions:
            wrong = overlaid.apply(action)
            if wrong is not None:
                diagnostics.append(wrong)
    return Under(
        root=overlaid.root,
        sources=sources,
        origins=overlaid.origins(),
        diagnostics=tuple(diagnostics),
    )
