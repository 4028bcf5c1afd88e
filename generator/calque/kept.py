"""What a run leaves to the next one of the same package: the files that it may take over."""

from __future__ import annotations

import io
import pickle
import sys
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from calque.cache import own, place, put
from calque.render import Past

_KIND = "parts"
_CLASSES = {"Basis", "Looked", "Part", "Past"}


def recalled(output: Path, asked: Sequence[object]) -> Past | None:
    """What the last run has left that was asked for the same; None if that is nothing."""
    try:
        content = place(_KIND, output).read_bytes()
    except OSError:
        return None
    sealed, held = content[:32], content[32:]
    if sealed != seal(asked, held):
        return None
    try:
        found: object = _Reader(io.BytesIO(held)).load()
    except pickle.UnpicklingError:
        return None
    return found if isinstance(found, Past) else None


def keep(output: Path, asked: Sequence[object], past: Past) -> None:
    """Leaves something to the next run."""
    held = pickle.dumps(past, pickle.HIGHEST_PROTOCOL)
    put(place(_KIND, output), seal(asked, held) + held)


def seal(asked: Sequence[object], held: bytes) -> bytes:
    """What tells whether something is whole, and of this calque, Python and question."""
    told = repr((own(), sys.version, tuple(asked)))
    return sha256(told.encode() + held).digest()


class _Reader(pickle.Unpickler):
    """Makes values of the four classes that are kept, and nothing else."""

    def find_class(self, module_name: str, global_name: str, /) -> object:
        if module_name == "calque.render.parts" and global_name in _CLASSES:
            return super().find_class(module_name, global_name)
        raise pickle.UnpicklingError(f"{module_name}.{global_name} is not kept")
