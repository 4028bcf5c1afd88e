"""Templates as an earlier run has compiled them, kept in the user's cache."""

from __future__ import annotations

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from calque.cache import home, put_sealed, unsealed

_KIND = "templates"


class Compiled(BytecodeCache):
    """What templates were compiled to; where the cache can't be used, it is as if empty.

    A template that has changed since, or that another Jinja or Python compiled, is compiled
    anew, and so is one whose file is damaged. Nothing is written before `keep` is asked for.
    """

    def __init__(self) -> None:
        self._new: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Takes what was kept of a template."""
        if held := unsealed(home(_KIND) / bucket.key, ()):
            bucket.load_bytecode(held)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Notes what a template was compiled to."""
        self._new[bucket.key] = bucket.bytecode_to_string()

    def keep(self) -> None:
        """Leaves to other runs what was compiled in this one."""
        while self._new:
            key, held = self._new.popitem()
            put_sealed(home(_KIND) / key, (), held)
