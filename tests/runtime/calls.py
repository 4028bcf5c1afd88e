"""A small API to try the runtime on, and a way to call it that is sync or async.

What is true of one kind of client must be true of the other: tests take `call`, which is
each of them in turn, under asyncio and under trio.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias, TypedDict, TypeVar, Unpack

import anyio
from _runtime.api import Api
from _runtime.auth import AnyCredential
from _runtime.bearer import Bearer
from _runtime.call import AsyncCaller, Caller
from _runtime.client import AsyncClient, Client
from _runtime.clock import Clock
from _runtime.hmac_sha256 import HmacSha256
from _runtime.models import Model
from _runtime.operation import Answer, AnswerKey, Empty, Idempotency, Json, Operation
from _runtime.options import RequestOptions, Timeout
from _runtime.prepare import Arguments
from _runtime.response import Response, async_with_response, with_response

T = TypeVar("T")

Kind: TypeAlias = Literal["sync", "asyncio", "trio"]
KINDS: tuple[Kind, ...] = ("sync", "asyncio", "trio")

KEY = "bm90IGEgcmVhbCBrZXk="

# Full jitter with the smallest of chances: no delay at all.
IMPATIENT = Clock(chance=lambda: 0.0)


class Fault(Model, kw_only=True, rename="camel"):
    code: str
    message: str


class FaultBody(Model, kw_only=True):
    error: Fault


class Pet(Model, kw_only=True, rename="camel"):
    name: str
    leg_count: int | None = None


SECURITY = (("bearer",), ("accessKey",))

API = Api(
    package="pet_shop",
    version="2.1.0",
    environment="PETS",
    server="{endpoint}",
    variables={"endpoint": None},
    schemes={"bearer": Bearer(), "accessKey": HmacSha256()},
    security=SECURITY,
    requires_credential=True,
)

ANSWERS: dict[AnswerKey, Answer] = {
    200: Json(lambda: Pet),
    204: Empty(),
    "default": Json(lambda: FaultBody),
}

CREATE = Operation[Pet](
    id="Pets_Create",
    method="POST",
    path="/pets",
    query={"api-version": "2024-01-01"},
    security=SECURITY,
    content_type="application/json",
    idempotency=Idempotency(
        key="Repeatability-Request-ID", first_sent="Repeatability-First-Sent"
    ),
    answers={201: Json(lambda: Pet), "default": Json(lambda: FaultBody)},
)
GET = Operation[Pet](
    id="Pets_Get", method="GET", path="/pets/{id}", security=SECURITY, answers=ANSWERS
)
FEED = Operation[Pet](
    id="Pets_Feed",
    method="POST",
    path="/pets/{id}/feed",
    security=SECURITY,
    answers=ANSWERS,
)


class ClientSettings(TypedDict, total=False):
    """What a client is made with besides the URL."""

    credential: AnyCredential | None
    timeout: float | Timeout
    max_retries: int
    deadline: float | None
    headers: Mapping[str, str]
    strict_responses: bool
    keep_unknown: bool
    clock: Clock


class PetClient(Client):
    """As a generated client: it hands its caller to its resources."""

    @property
    def caller(self) -> Caller:
        return self._caller


class AsyncPetClient(AsyncClient):
    """As a generated client: it hands its caller to its resources."""

    @property
    def caller(self) -> AsyncCaller:
        return self._caller


class Call:
    """Makes one call with a client of a kind, and closes it."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind

    def __call__(
        self,
        url: str,
        operation: Operation[T],
        arguments: Arguments | None = None,
        options: RequestOptions | None = None,
        *,
        api: Api = API,
        **settings: Unpack[ClientSettings],
    ) -> Response[T]:
        """The whole answer. No retries, and no delays before them, unless asked for."""
        given = arguments or Arguments(path={"id": "1"})
        settings = {
            "credential": "a-token",
            "clock": IMPATIENT,
            "max_retries": 0,
            **settings,
        }

        if self.kind == "sync":
            with PetClient(api, base_url=url, **settings) as client:
                return with_response(client.caller.call)(
                    operation,
                    path=given.path,
                    query=given.query,
                    headers=given.headers,
                    cookies=given.cookies,
                    body=given.body,
                    options=options,
                )

        async def main() -> Response[T]:
            async with AsyncPetClient(api, base_url=url, **settings) as client:
                return await async_with_response(client.caller.call)(
                    operation,
                    path=given.path,
                    query=given.query,
                    headers=given.headers,
                    cookies=given.cookies,
                    body=given.body,
                    options=options,
                )

        return anyio.run(main, backend=self.kind)
