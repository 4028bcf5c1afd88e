"""Templates as an earlier run has compiled them, kept in the user's cache."""

from __future__ import annotations

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from calque.cache import home, put_sealed, unsealed


class Compiled(BytecodeCache):
    """What templates were compiled to; where the cache can't be used, it is as if empty.

    A template that has changed since, or that another Jinja or Python compiled, is compiled
    anew, and so is one whose file is damaged.
    """

    def __init__(self) -> None:
        self._home = home("templates")

    def load_bytecode(self, bucket: Bucket) -> None:
        """Takes what was kept of a template."""
        if held := unsealed(self._home / bucket.key, ()):
            bucket.load_bytecode(held)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keeps what a template was compiled to."""
        put_sealed(self._home / bucket.key, (), bucket.bytecode_to_string())
