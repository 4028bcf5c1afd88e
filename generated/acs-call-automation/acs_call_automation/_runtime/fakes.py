"""A service that is not there, for tests: its resources, and clients that ask it.

Everything but the sending is done as ever: requests are made, authenticated, tried again,
and answers are read, by the client's own code.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from copy import copy
from typing import Generic, ParamSpec, Self, TypeVar, cast

from .auth import Signer
from .fake_answers import Place, Stated
from .fake_desk import Answerer, Desk
from .fake_requests import Asked
from .fake_transport import AsyncFakeTransport, FakeTransport, Moments
from .request import Request

P = ParamSpec("P")
C = TypeVar("C")
T = TypeVar("T")

URL = "https://fake.test"
"""Where a fake service is: nowhere (RFC 6761, section 6.2)."""


class Resource:
    """The operations of a resource, as its class states them.

    `module` is that of the resource, where the fake calls it differently.
    """

    def __init__(self, module: str = "") -> None:
        self._module = module

    def __calque_placed__(self, name: str, desk: Desk, *, defaults: bool) -> Self:
        """The same resource as one of a fake."""
        module, found = self._module or name, copy(self)
        placed: dict[Stated, Stated] = {}
        for each, answers in _stated(type(self), Stated):
            place = Place(module=module, name=each, desk=desk, defaults=defaults)
            # What has a former name too is one and the same.
            vars(found)[each] = placed.setdefault(answers, answers.placed(place))
        return found


class Fake:
    """The base of the fakes of services. Safe to share between threads and tasks.

    `defaults`: whether operations answer by examples of the document where nothing is
    prepared; otherwise to call one raises UnexpectedCallError.
    """

    def __init__(self, *, defaults: bool = True) -> None:
        self._desk: Desk = Desk(self._operations)
        clock = Moments().clock()
        self.transport: FakeTransport = FakeTransport(self._desk.answer, clock)
        """For a client that is made elsewhere: its `transport=`."""
        self.async_transport: AsyncFakeTransport
        self.async_transport = AsyncFakeTransport(self._desk.answer, clock)
        placed: dict[Resource, Resource] = {}
        for name, resource in _stated(type(self), Resource):
            found = resource.__calque_placed__(name, self._desk, defaults=defaults)
            vars(self)[name] = placed.setdefault(resource, found)

    @property
    def calls(self) -> list[Asked]:
        """All requests so far, in their order, also those that were repeated."""
        return self._desk.calls()

    def reset(self) -> None:
        """Forgets all answers that were prepared, and all requests."""
        self._desk.reset()

    def _operations(self) -> dict[str, Answerer]:
        """What answers the requests of each operation, by its id."""
        resources = (r for r in vars(self).values() if isinstance(r, Resource))
        stated = (each for resource in resources for each in vars(resource).values())
        return dict(each.by_id() for each in stated if isinstance(each, Stated))

    def __repr__(self) -> str:
        return f"<{type(self).__name__}, asked {len(self.calls)} times>"


def _stated(owner: type, kind: type[T]) -> list[tuple[str, T]]:
    """The members of a kind that a class and its bases state, by name."""
    return [
        (name, member)
        for base in owner.__mro__
        for name, member in vars(base).items()
        if isinstance(member, kind)
    ]


class Clients(Generic[P, C]):
    """A way to make clients of a fake, with the arguments that they always have.

    What the others are is settled already; each may be given all the same, the transport
    apart.
    """

    def __init__(self, client: Callable[P, C], **settings: object) -> None:
        self._client = client
        self._settings = settings

    def __get__(self, fake: Fake, owner: type[Fake]) -> Callable[P, C]:
        signature = inspect.signature(self._client)

        def made(*args: P.args, **kwargs: P.kwargs) -> C:
            given = signature.bind_partial(*args, **kwargs).arguments
            client = cast("Callable[..., C]", self._client)
            return client(
                **self._settings | given | {"transport": self._transport(fake)}
            )

        return made

    def _transport(self, fake: Fake) -> object:
        return fake.transport


class AsyncClients(Clients[P, C]):
    """As `Clients`, of asynchronous ones."""

    def _transport(self, fake: Fake) -> object:
        return fake.async_transport


class Unsigned(Signer):
    """A credential for any scheme, which leaves requests as they are."""

    def sign(self, request: Request) -> Request:
        """See `Signer`."""
        return request


def unsigned(*schemes: str) -> dict[str, Signer]:
    """Such a credential for each of the schemes."""
    return dict.fromkeys(schemes, Unsigned())
