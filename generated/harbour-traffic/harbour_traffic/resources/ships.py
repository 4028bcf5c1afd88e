"""The operations of `client.ships`."""

from __future__ import annotations

from .. import models as m
from .._runtime.call import AsyncCaller, Caller
from .._runtime.json_lines import JsonLines
from .._runtime.link_header import LinkHeader
from .._runtime.operation import Empty, Json, Operation
from .._runtime.options import RequestOptions
from .._runtime.pager import AsyncPager, Pager
from .._runtime.paging import PagedOperation
from .._runtime.stream_state import StreamOperation
from .._runtime.streaming import AsyncStream, Stream

_FIND_SHIPS: Operation[list[m.Ship]] = Operation(
    id="findShips",
    method="QUERY",
    path="/ships",
    security=(("key",), ("keyInQuery",)),
    content_type="application/json",
    answers={200: Json(lambda: list[m.Ship]), "default": Json(lambda: m.Refusal)},
)

_GET_TRACK: StreamOperation[m.Position] = StreamOperation(
    id="getTrack",
    method="GET",
    path="/ships/{callSign}/track",
    security=(("key",), ("keyInQuery",)),
    accept="application/jsonl, application/json",
    answers={200: Empty(), "default": Json(lambda: m.Refusal)},
    framing=JsonLines(lambda: m.Position),
)

_LIST_SHIPS: PagedOperation[m.Ship, list[m.Ship]] = PagedOperation(
    id="listShips",
    method="GET",
    path="/ships",
    security=(("key",), ("keyInQuery",)),
    answers={200: Json(lambda: list[m.Ship]), "default": Json(lambda: m.Refusal)},
    items=(),
    following=LinkHeader(),
)


class Ships:
    """The ships that are, or will be, in the harbour."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    def find_ships(
        self,
        *,
        minimum_length: float | None = None,
        cargo: list[m.CargoLike] | None = None,
        options: RequestOptions | None = None,
    ) -> list[m.Ship]:
        """Find ships by what they are.

        Args:
            minimum_length: In metres.
            cargo: Any of these.
            options: Settings for this call alone.

        Returns:
            The ships that were found.

        Raises:
            StatusError: The service answered, and the status says it failed. Its
                `error` is a `Refusal`.
            ApiConnectionError: The service could not be reached.
            ApiTimeoutError: The service did not answer in time.
        """
        return self._caller.call(
            _FIND_SHIPS,
            body=m.Search(minimum_length=minimum_length, cargo=cargo),
            options=options,
        )

    def get_track(
        self,
        call_sign: str,
        *,
        options: RequestOptions | None = None,
    ) -> Stream[m.Position]:
        """Where a ship was, a position a line.

        Args:
            call_sign: The ship's call sign.
            options: Settings for this call alone.

        Returns:
            What to open, and iterate over for the items as they come. The positions,
                the oldest first.

        Raises:
            StatusError: The service answered, and the status says it failed. Its
                `error` is a `Refusal`.
            ApiConnectionError: The service could not be reached.
            ApiTimeoutError: The service did not answer in time.
        """
        return Stream(
            self._caller,
            _GET_TRACK,
            path={"callSign": call_sign},
            options=options,
        )

    def list_ships(
        self,
        *,
        page: int | None = None,
        flag: str | None = None,
        options: RequestOptions | None = None,
    ) -> Pager[m.Ship, list[m.Ship]]:
        """List the ships in the harbour.

        `ListShipsHeaders.of(...)` reads the header fields of its answers.

        Args:
            page: The number of the page, from 1. Constraints: at least 1.
            flag: Only ships that fly the flag of this country. Constraints: matches
                `^[A-Z]{2}$`.
            options: Settings for this call alone.

        Returns:
            What to iterate over for the items, from page to page. A page of the list.

        Raises:
            StatusError: The service answered, and the status says it failed. Its
                `error` is a `Refusal`.
            ApiConnectionError: The service could not be reached.
            ApiTimeoutError: The service did not answer in time.
            PaginationError: The pages lead back, or to another host.
        """
        return Pager(
            self._caller,
            _LIST_SHIPS,
            query={"page": page, "flag": flag},
            options=options,
        )


class AsyncShips:
    """The ships that are, or will be, in the harbour."""

    def __init__(self, caller: AsyncCaller) -> None:
        self._caller = caller

    async def find_ships(
        self,
        *,
        minimum_length: float | None = None,
        cargo: list[m.CargoLike] | None = None,
        options: RequestOptions | None = None,
    ) -> list[m.Ship]:
        """Find ships by what they are.

        Args:
            minimum_length: In metres.
            cargo: Any of these.
            options: Settings for this call alone.

        Returns:
            The ships that were found.

        Raises:
            StatusError: The service answered, and the status says it failed. Its
                `error` is a `Refusal`.
            ApiConnectionError: The service could not be reached.
            ApiTimeoutError: The service did not answer in time.
        """
        return await self._caller.call(
            _FIND_SHIPS,
            body=m.Search(minimum_length=minimum_length, cargo=cargo),
            options=options,
        )

    def get_track(
        self,
        call_sign: str,
        *,
        options: RequestOptions | None = None,
    ) -> AsyncStream[m.Position]:
        """Where a ship was, a position a line.

        Args:
            call_sign: The ship's call sign.
            options: Settings for this call alone.

        Returns:
            What to open, and iterate over for the items as they come. The positions,
                the oldest first.

        Raises:
            StatusError: The service answered, and the status says it failed. Its
                `error` is a `Refusal`.
            ApiConnectionError: The service could not be reached.
            ApiTimeoutError: The service did not answer in time.
        """
        return AsyncStream(
            self._caller,
            _GET_TRACK,
            path={"callSign": call_sign},
            options=options,
        )

    def list_ships(
        self,
        *,
        page: int | None = None,
        flag: str | None = None,
        options: RequestOptions | None = None,
    ) -> AsyncPager[m.Ship, list[m.Ship]]:
        """List the ships in the harbour.

        `ListShipsHeaders.of(...)` reads the header fields of its answers.

        Args:
            page: The number of the page, from 1. Constraints: at least 1.
            flag: Only ships that fly the flag of this country. Constraints: matches
                `^[A-Z]{2}$`.
            options: Settings for this call alone.

        Returns:
            What to iterate over for the items, from page to page. A page of the list.

        Raises:
            StatusError: The service answered, and the status says it failed. Its
                `error` is a `Refusal`.
            ApiConnectionError: The service could not be reached.
            ApiTimeoutError: The service did not answer in time.
            PaginationError: The pages lead back, or to another host.
        """
        return AsyncPager(
            self._caller,
            _LIST_SHIPS,
            query={"page": page, "flag": flag},
            options=options,
        )
