"""What an http(s) URL holds, fetched within limits; nothing is kept on the disk."""

from __future__ import annotations

import http.client
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import urljoin, urlsplit

from calque import __version__
from calque.document.limits import Limits

_CHUNK = 64 * 1024
_REDIRECTS = (301, 302, 303, 307, 308)
_ACCEPT = "application/yaml, application/json, text/yaml, */*;q=0.5"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What a URL holds. `url` is where it was found in the end, and `etag` its version.

    `content` is None where it is still what the given `etag` says.
    """

    url: str
    content: bytes | None
    etag: str = ""


@dataclass(frozen=True, slots=True)
class Unfetched:
    """Why a URL could not be fetched, and what to do about it."""

    message: str
    help: str


class _Refused(Exception):
    """What ends a fetch: the message and the advice."""


@dataclass(slots=True)
class Fetcher:
    """Fetches documents until the limits are reached."""

    limits: Limits = field(default_factory=Limits)
    _bytes: int = 0
    _documents: int = 0

    def fetch(self, url: str, etag: str = "") -> Fetched | Unfetched:
        """What a URL holds now, unless it still has the version `etag`; raises nothing."""
        limits = self.limits
        try:
            if self._documents >= limits.documents:
                raise _Refused(
                    f"more than {limits.documents} documents would be downloaded",
                    "save them, and refer to the files",
                )
            self._documents += 1
            return self._follow(url, etag)
        except _Refused as refused:
            return Unfetched(*refused.args)
        except TimeoutError:
            return _too_slow(limits.seconds)
        except urllib.error.URLError as error:
            if isinstance(error.reason, TimeoutError):
                return _too_slow(limits.seconds)
            return _unreached(error.reason)
        except (OSError, http.client.HTTPException, ValueError) as error:
            return _unreached(error)

    def _follow(self, url: str, etag: str) -> Fetched:
        """The answer to a request, after its redirects."""
        deadline = time.monotonic() + self.limits.seconds
        for _ in range(self.limits.redirects + 1):
            _check(url)
            with _opener().open(_request(url, etag), timeout=_left(deadline)) as answer:
                status = int(answer.status)
                target = str(answer.headers.get("Location", ""))
                if status in _REDIRECTS and target:
                    url = _redirected(url, target)
                    continue
                version = str(answer.headers.get("ETag", ""))
                if status == HTTPStatus.NOT_MODIFIED and etag:
                    return Fetched(url=url, content=None, etag=version or etag)
                if status != HTTPStatus.OK:
                    raise _Refused(
                        f"the server answered {status} {answer.reason}".rstrip(),
                        "check the URL",
                    )
                content = self._content(answer, deadline)
                return Fetched(url=url, content=content, etag=version)
        raise _Refused(
            f"it redirects more than {self.limits.redirects} times", "check the URL"
        )

    def _content(self, answer: http.client.HTTPResponse, deadline: float) -> bytes:
        """The body, read for as long as it stays within the limits."""
        if answer.headers.get("Content-Encoding", "identity") != "identity":
            raise _Refused("the answer is compressed, though nobody asked", _SAVE)
        content = bytearray()
        self._admit(answer.length or 0)
        while chunk := answer.read1(_CHUNK):
            content += chunk
            self._admit(len(content))
            _left(deadline)
        if answer.length:
            raise _Refused("the connection ended before the document did", _AGAIN)
        self._bytes += len(content)
        return bytes(content)

    def _admit(self, size: int) -> None:
        """Raises for a document that is larger than what is left."""
        for limit, before, what in (
            (self.limits.size, 0, "it is"),
            (self.limits.total, self._bytes, "all downloads together are"),
        ):
            if before + size > limit:
                raise _Refused(f"{what} larger than {limit:,} bytes", _SAVE)


_SAVE = "save it, and refer to the file"
_AGAIN = "try again, or save it and refer to the file"


def _opener() -> urllib.request.OpenerDirector:
    """What can speak http and https, through the proxies of the environment; no other
    scheme, no redirects of its own.
    """
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
    ):
        opener.add_handler(handler)
    return opener


def _request(url: str, etag: str) -> urllib.request.Request:
    headers = {"Accept": _ACCEPT, "User-Agent": f"calque/{__version__}"}
    if etag:
        headers["If-None-Match"] = etag
    return urllib.request.Request(url, headers=headers)


def _check(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise _Refused("only http and https are spoken", _SAVE)
    if parts.username is not None:
        raise _Refused("credentials in a URL are not sent", _SAVE)


def _redirected(url: str, target: str) -> str:
    there = urljoin(url, target)
    if urlsplit(url).scheme == "https" and urlsplit(there).scheme == "http":
        raise _Refused("it redirects from https to http", "check the URL")
    return there.partition("#")[0]


def _left(deadline: float) -> float:
    """The seconds that are left; raises TimeoutError when there are none."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _too_slow(seconds: float) -> Unfetched:
    return Unfetched(f"it took longer than {seconds:g} seconds", _AGAIN)


def _unreached(reason: object) -> Unfetched:
    said = str(reason) or type(reason).__name__
    return Unfetched(f"it cannot be reached: {said}", "check the URL and the network")
