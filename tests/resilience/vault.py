"""A client of each kind that is held open over many calls, with blocking methods."""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from contextlib import ExitStack
from types import ModuleType
from typing import Any, Literal, TypeAlias

from anyio.from_thread import BlockingPortal, start_blocking_portal

from tests.runtime.calls import Kind
from tests.runtime.loopback import Server

TOKEN = "t0p-s3cret/of+the=vault"

Form: TypeAlias = Literal["entry", "note", "file", "events", "lines", "download"]
"""A way in which an answer is read."""
FORMS: tuple[Form, ...] = ("entry", "note", "file", "events", "lines", "download")


class Vault:
    """A client, made when it is entered."""

    def __init__(
        self, package: ModuleType, kind: Kind, url: str, **settings: object
    ) -> None:
        self.package = package
        self.kind = kind
        self._settings = {
            "base_url": url,
            "credential": TOKEN,
            "max_retries": 0,
            **settings,
        }
        self._stack = ExitStack()
        self._portal: BlockingPortal | None = None
        self.client: Any = None

    def __enter__(self) -> Vault:
        if self.kind == "sync":
            self.client = self.package.VaultClient(**self._settings)
            self._stack.enter_context(self.client)
            return self
        self.client = self.package.AsyncVaultClient(**self._settings)
        portal = start_blocking_portal(backend=self.kind)
        self._portal = self._stack.enter_context(portal)
        self._stack.enter_context(self._portal.wrap_async_context_manager(self.client))
        return self

    def __exit__(self, *error: object) -> None:
        self._stack.close()

    def take(self, form: Form, options: Mapping[str, object] | None = None) -> object:
        """What a call gives: a name, text, bytes, or a list of names."""
        if self._portal is None:
            return taken(self.package, self.client, form, options)
        return self._portal.call(awaited, self.package, self.client, form, options)

    def outcome(
        self, form: Form, options: Mapping[str, object] | None = None
    ) -> object:
        """What a call gives, or the name of the error that it raises."""
        try:
            return self.take(form, options)
        except self.package.ApiError as error:
            assert_tells_of_itself(error)
            return type(error).__name__

    def put(self, body: object, options: Mapping[str, object] | None = None) -> str:
        """Sends a body as it is; the name that comes back."""
        call = self.client.store.put_file
        if self._portal is None:
            return str(call(body=body, options=options or {}).name)

        async def sent() -> str:
            return str((await call(body=body, options=options or {})).name)

        return self._portal.call(sent)

    @property
    def pooled(self) -> int:
        """How many connections the client keeps; none of them is in use."""
        return pooled(self.client)

    def assert_nothing_leaks(self, server: Server) -> None:
        """What the server has open is what the client keeps, and nobody waits."""
        assert server.settled(self.pooled)


def pooled(client: Any) -> int:
    """How many connections a client keeps; none of them is in use."""
    # Nothing in public tells; that nothing leaks is worth the look.
    pools = client._http._pools._made.values()
    kept = [each for pool in pools for each in pool.connections]
    assert [each for each in kept if not each.is_idle()] == []
    assert [each for pool in pools for each in pool._requests] == []
    return len(kept)


def assert_tells_of_itself(error: Any) -> None:
    """Asserts that an error says what was asked of whom, and keeps the secret."""
    assert str(error).startswith("GET http")
    assert error.attempts >= 1
    shown = [str(error), repr(error), repr(error.request)]
    assert [text for text in shown if TOKEN in text] == []
    assert str(pickle.loads(pickle.dumps(error))) == str(error)


def _name(entry: Any) -> str | None:
    """The name of an entry; of an empty answer there is none."""
    return None if entry is None else entry.name


def taken(
    package: ModuleType, client: Any, form: Form, options: Mapping[str, object] | None
) -> object:
    """What a call gives; see `Vault.take`."""
    store = client.store
    match form:
        case "entry":
            return _name(store.get_entry(options=options))
        case "note":
            return store.get_note(options=options)
        case "file":
            return store.get_file(options=options)
        case "events" | "lines":
            call = store.watch if form == "events" else store.get_lines
            with call(options=options) as stream:
                return [entry.name for entry in stream]
        case "download":
            with package.download(store.get_file)(options=options) as found:
                return b"".join(found)


async def awaited(
    package: ModuleType, client: Any, form: Form, options: Mapping[str, object] | None
) -> object:
    """What a call of an asynchronous client gives; see `Vault.take`."""
    store = client.store
    match form:
        case "entry":
            return _name(await store.get_entry(options=options))
        case "note":
            return await store.get_note(options=options)
        case "file":
            return await store.get_file(options=options)
        case "events" | "lines":
            call = store.watch if form == "events" else store.get_lines
            async with call(options=options) as stream:
                return [entry.name async for entry in stream]
        case "download":
            call = package.async_download(store.get_file)
            async with call(options=options) as found:
                return b"".join([piece async for piece in found])
