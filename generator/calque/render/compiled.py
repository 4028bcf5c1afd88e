"""Templates as an earlier run has compiled them, kept in the user's cache."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from pickle import UnpicklingError

from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket

from calque.cache import home


class Compiled(FileSystemBytecodeCache):
    """What templates were compiled to; where the cache can't be used, it is as if empty.

    A template that has changed since, or that another Python compiled, is compiled anew.
    """

    def __init__(self) -> None:
        super().__init__(str(home("templates")))

    def load_bytecode(self, bucket: Bucket) -> None:
        """Takes what was kept of a template."""
        with suppress(OSError, UnpicklingError):
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keeps what a template was compiled to."""
        with suppress(OSError):
            Path(self.directory).mkdir(parents=True, exist_ok=True)
            super().dump_bytecode(bucket)
