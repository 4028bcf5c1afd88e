"""What a run leaves to the next one of the same package, in the user's cache."""

from __future__ import annotations

import io
import pickle
import sys
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from calque.again import Understood
from calque.cache import own, place, put
from calque.generation import Memory
from calque.render import Past

_PARTS, _UNITS = "parts", "units"

# The modules of values; to make one does nothing else.
_VALUES = (
    *("calque.again", "calque.codes", "calque.diagnostics", "calque.document.units"),
    *("calque.model", "calque.model.", "calque.render.parts"),
)


def recalled(output: Path, asked: Sequence[object]) -> Memory:
    """What the last run has left that was asked for the same."""
    past = _read(_PARTS, output, asked)
    understood = _read(_UNITS, output, asked)
    return Memory(
        past=past if isinstance(past, Past) else None,
        understood=understood if isinstance(understood, Understood) else None,
    )


def keep(output: Path, asked: Sequence[object], memory: Memory) -> None:
    """Leaves to the next run what is new."""
    for kind, value in ((_PARTS, memory.past), (_UNITS, memory.understood)):
        if value is not None:
            held = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
            put(place(kind, output), seal(asked, held) + held)


def seal(asked: Sequence[object], held: bytes) -> bytes:
    """What tells whether something is whole, and of this calque, Python and question."""
    told = repr((own(), sys.version, tuple(asked)))
    return sha256(told.encode() + held).digest()


def _read(kind: str, output: Path, asked: Sequence[object]) -> object:
    """What is kept; None where there is nothing, or nothing to be trusted."""
    try:
        content = place(kind, output).read_bytes()
        sealed, held = content[:32], content[32:]
        whole = sealed == seal(asked, held)
        return _Reader(io.BytesIO(held)).load() if whole else None
    except (OSError, pickle.UnpicklingError):
        return None


class _Reader(pickle.Unpickler):
    """Makes values of the classes that are kept, and nothing else."""

    def find_class(self, module_name: str, global_name: str, /) -> object:
        found: object = None
        if module_name.startswith(_VALUES):
            found = super().find_class(module_name, global_name)
        if isinstance(found, type) and found.__module__ == module_name:
            return found
        raise pickle.UnpicklingError(f"{module_name}.{global_name} is not kept")
