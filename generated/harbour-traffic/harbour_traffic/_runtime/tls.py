"""The TLS settings that all clients of a process share."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ssl


@cache
def shared_ssl_context() -> ssl.SSLContext:
    """The context to verify servers with: the trust store of the system.

    Made once: reading the store takes longer than everything else about a client.
    """
    import httpx2

    return httpx2.create_ssl_context()
