"""Which proxy the environment names for a host: HTTP_PROXY, HTTPS_PROXY, ALL_PROXY, NO_PROXY.

Their names may be in lower case, too. Windows and macOS have settings for it besides.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from ipaddress import ip_address, ip_network
from urllib.parse import urlsplit


def environment_proxies() -> Mapping[str, str]:
    """The proxies by what they are for: `http`, `https`, `all`; `no` has the exceptions."""
    set_ = (name.lower() for name, value in os.environ.items() if value)
    named = any(name.endswith("_proxy") for name in set_)
    if not named and sys.platform not in ("darwin", "win32"):
        return {}
    # Not before: it loads more than all the rest of a call.
    from urllib.request import getproxies

    return getproxies()


def proxy_for(
    proxies: Mapping[str, str], scheme: str, host: str, port: int
) -> str | None:
    """The URL of the proxy on the way to a host; None where there is none."""
    entries = [each.strip() for each in proxies.get("no", "").split(",")]
    if any(_names(each, scheme, host, port) for each in entries if each):
        return None
    found = proxies.get(scheme) or proxies.get("all")
    return f"http://{found}" if found and "://" not in found else found


def _names(entry: str, scheme: str, host: str, port: int) -> bool:
    """Whether an entry of NO_PROXY means a host: all, a network, a domain, or that host."""
    if entry == "*":
        return True
    of, separator, rest = entry.rpartition("://")
    if separator and of not in ("all", scheme):
        return False
    if _has(rest, host):
        return True
    try:
        parts = urlsplit(f"//{rest}")
        name, only = parts.hostname or "", parts.port
    except ValueError:
        # As others do: what can't be read names nobody.
        return False
    if only not in (None, port):
        return False
    domain = name.lstrip("*")
    return host == domain or host.endswith(f".{domain.lstrip('.')}")


def _has(network: str, host: str) -> bool:
    try:
        found = ip_network(network.replace("[", "").replace("]/", "/"), strict=False)
        return ip_address(host) in found
    except ValueError:
        return False
