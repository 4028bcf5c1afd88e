"""The operations of `client.objects`."""

from __future__ import annotations

from uuid import UUID

from .. import models as m
from .._runtime.call import AsyncCaller, Caller
from .._runtime.cursor import Cursor
from .._runtime.models import UNSET, UnsetType
from .._runtime.operation import Empty, Idempotency, Json, Operation, Style
from .._runtime.options import RequestOptions
from .._runtime.pager import AsyncPager, Pager
from .._runtime.paging import PagedOperation
from .._runtime.read_only import WithoutReadOnly

_ADD_OBJECT: Operation[m.MuseumObject] = Operation(
    id="addObject",
    method="POST",
    path="/objects",
    security=(("curator",),),
    scopes={"curator": ("objects.read", "objects.write")},
    content_type="application/json",
    body=WithoutReadOnly(),
    idempotency=Idempotency(key="Idempotency-Key"),
    accept="application/json, application/problem+json",
    answers={201: Json(lambda: m.MuseumObject), "default": Json(lambda: m.Problem)},
)

_CORRECT_OBJECT: Operation[m.MuseumObject] = Operation(
    id="correctObject",
    method="PATCH",
    path="/objects/{inventoryNumber}",
    security=(("curator",),),
    scopes={"curator": ("objects.read", "objects.write")},
    content_type="application/merge-patch+json",
    accept="application/json, application/problem+json",
    answers={200: Json(lambda: m.MuseumObject), "default": Json(lambda: m.Problem)},
)

_GET_OBJECT: Operation[m.MuseumObject] = Operation(
    id="getObject",
    method="GET",
    path="/objects/{inventoryNumber}",
    security=((), ("curator",)),
    scopes={"curator": ("objects.read",)},
    accept="application/json, application/problem+json",
    answers={
        200: Json(lambda: m.MuseumObject),
        404: Json(lambda: m.NotInArchive),
        "default": Json(lambda: m.Problem),
    },
)

_LIST_OBJECTS: PagedOperation[m.MuseumObject, m.ObjectPage] = PagedOperation(
    id="listObjects",
    method="GET",
    path="/objects",
    security=((), ("curator",)),
    scopes={"curator": ("objects.read",)},
    styles={
        ("query", "kind"): Style("form", explode=False),
        ("query", "made"): Style("deepObject", explode=False),
    },
    accept="application/json, application/problem+json",
    answers={200: Json(lambda: m.ObjectPage), "default": Json(lambda: m.Problem)},
    items=("items",),
    following=Cursor(path=("next_cursor",), name="cursor"),
)

_REMOVE_OBJECT: Operation[None] = Operation(
    id="removeObject",
    method="DELETE",
    path="/objects/{inventoryNumber}",
    security=(("curator",),),
    scopes={"curator": ("objects.read", "objects.write")},
    accept="application/problem+json",
    answers={204: Empty(), "default": Json(lambda: m.Problem)},
)


class Objects:
    """What the museum keeps."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    def add_object(
        self,
        *,
        body: m.MuseumObject,
        idempotency_key: UUID | None = None,
        options: RequestOptions | None = None,
    ) -> m.MuseumObject:
        """Add an object to the archive.

        Args:
            body: The object as it was received.
            idempotency_key: The same key on a repeated request adds no second object.
                Made once for each call when not given.
            options: Settings for this call alone.

        Returns:
            The object as the archive keeps it.

        Raises:
            StatusError: The service answered, and the status says it failed. Its
                `error` is a `Problem`.
            ApiConnectionError: The service could not be reached.
            ApiTimeoutError: The service did not answer in time.
        """
        return self._caller.call(
            _ADD_OBJECT,
            headers={"Idempotency-Key": idempotency_key},
            body=body,
            options=options,
        )

    def correct_object(
        self,
        inventory_number: str,
        *,
        if_match: str | None = None,
        title: str | None | UnsetType = UNSET,
        maker: str | None | UnsetType = UNSET,
        keywords: list[str] | None | UnsetType = UNSET,
        options: RequestOptions | None = None,
    ) -> m.MuseumObject:
        """Correct what the archive says of an object.

        A member that is null is taken away, one that is absent stays as it is.

        Args:
            inventory_number: The number that the object was given when it came to the
                museum.
            if_match: The state that is corrected; if it is no longer so, nothing is.
            title: What the object is called.
            maker: Who made it.
            keywords: What one would look for to find it.
            options: Settings for this call alone.

        Returns:
            The object as it is now.

        Raises:
            StatusError: The service answered, and the status says it failed. Its
                `error` is a `Problem`.
            ApiConnectionError: The service could not be reached.
            ApiTimeoutError: The service did not answer in time.
        """
        return self._caller.call(
            _CORRECT_OBJECT,
            path={"inventoryNumber": inventory_number},
            headers={"If-Match": if_match},
            body=m.Correction(title=title, maker=maker, keywords=keywords),
            options=options,
        )

    def get_object(
        self,
        inventory_number: str,
        *,
        options: RequestOptions | None = None,
    ) -> m.MuseumObject:
        """Look an object up.

        `GetObjectHeaders.of(...)` reads the header fields of its answers.

        Args:
            inventory_number: The number that the object was given when it came to the
                museum.
            options: Settings for this call alone.

        Returns:
            The object.

        Raises:
            StatusError: The service answered, and the status says it failed. Its
                `error` is a `NotInArchive` or a `Problem`.
            ApiConnectionError: The service could not be reached.
            ApiTimeoutError: The service did not answer in time.
        """
        return self._caller.call(
            _GET_OBJECT,
            path={"inventoryNumber": inventory_number},
            options=options,
        )

    def list_objects(
        self,
        *,
        cursor: str | None = None,
        limit: int | None = None,
        kind: list[m.KindLike] | None = None,
        made: m.Years | None = None,
        options: RequestOptions | None = None,
    ) -> Pager[m.MuseumObject, m.ObjectPage]:
        """List the objects of the archive.

        Objects come in the order of their inventory numbers.

        `ListObjectsHeaders.of(...)` reads the header fields of its answers.

        Args:
            cursor: Where the page begins, as the page before it said.
            limit: How many objects a page holds at most. Constraints: at least 1, at
                most 200. When absent, the service takes `50`.
            kind: Only objects of these kinds.
            made: Only objects that were made in these years.
            options: Settings for this call alone.

        Returns:
            What to iterate over for the items, from page to page. A page of the list.

        Raises:
            StatusError: The service answered, and the status says it failed. Its
                `error` is a `Problem`.
            ApiConnectionError: The service could not be reached.
            ApiTimeoutError: The service did not answer in time.
            PaginationError: The pages lead back, or to another host.
        """
        return Pager(
            self._caller,
            _LIST_OBJECTS,
            query={"cursor": cursor, "limit": limit, "kind": kind, "made": made},
            options=options,
        )

    def remove_object(
        self,
        inventory_number: str,
        *,
        options: RequestOptions | None = None,
    ) -> None:
        """Remove an object that was added by mistake.

        Args:
            inventory_number: The number that the object was given when it came to the
                museum.
            options: Settings for this call alone.

        Raises:
            StatusError: The service answered, and the status says it failed. Its
                `error` is a `Problem`.
            ApiConnectionError: The service could not be reached.
            ApiTimeoutError: The service did not answer in time.
        """
        self._caller.call(
            _REMOVE_OBJECT,
            path={"inventoryNumber": inventory_number},
            options=options,
        )


class AsyncObjects:
    """What the museum keeps."""

    def __init__(self, caller: AsyncCaller) -> None:
        self._caller = caller

    async def add_object(
        self,
        *,
        body: m.MuseumObject,
        idempotency_key: UUID | None = None,
        options: RequestOptions | None = None,
    ) -> m.MuseumObject:
        """Add an object to the archive.

        Args:
            body: The object as it was received.
            idempotency_key: The same key on a repeated request adds no second object.
                Made once for each call when not given.
            options: Settings for this call alone.

        Returns:
            The object as the archive keeps it.

        Raises:
            StatusError: The service answered, and the status says it failed. Its
                `error` is a `Problem`.
            ApiConnectionError: The service could not be reached.
            ApiTimeoutError: The service did not answer in time.
        """
        return await self._caller.call(
            _ADD_OBJECT,
            headers={"Idempotency-Key": idempotency_key},
            body=body,
            options=options,
        )

    async def correct_object(
        self,
        inventory_number: str,
        *,
        if_match: str | None = None,
        title: str | None | UnsetType = UNSET,
        maker: str | None | UnsetType = UNSET,
        keywords: list[str] | None | UnsetType = UNSET,
        options: RequestOptions | None = None,
    ) -> m.MuseumObject:
        """Correct what the archive says of an object.

        A member that is null is taken away, one that is absent stays as it is.

        Args:
            inventory_number: The number that the object was given when it came to the
                museum.
            if_match: The state that is corrected; if it is no longer so, nothing is.
            title: What the object is called.
            maker: Who made it.
            keywords: What one would look for to find it.
            options: Settings for this call alone.

        Returns:
            The object as it is now.

        Raises:
            StatusError: The service answered, and the status says it failed. Its
                `error` is a `Problem`.
            ApiConnectionError: The service could not be reached.
            ApiTimeoutError: The service did not answer in time.
        """
        return await self._caller.call(
            _CORRECT_OBJECT,
            path={"inventoryNumber": inventory_number},
            headers={"If-Match": if_match},
            body=m.Correction(title=title, maker=maker, keywords=keywords),
            options=options,
        )

    async def get_object(
        self,
        inventory_number: str,
        *,
        options: RequestOptions | None = None,
    ) -> m.MuseumObject:
        """Look an object up.

        `GetObjectHeaders.of(...)` reads the header fields of its answers.

        Args:
            inventory_number: The number that the object was given when it came to the
                museum.
            options: Settings for this call alone.

        Returns:
            The object.

        Raises:
            StatusError: The service answered, and the status says it failed. Its
                `error` is a `NotInArchive` or a `Problem`.
            ApiConnectionError: The service could not be reached.
            ApiTimeoutError: The service did not answer in time.
        """
        return await self._caller.call(
            _GET_OBJECT,
            path={"inventoryNumber": inventory_number},
            options=options,
        )

    def list_objects(
        self,
        *,
        cursor: str | None = None,
        limit: int | None = None,
        kind: list[m.KindLike] | None = None,
        made: m.Years | None = None,
        options: RequestOptions | None = None,
    ) -> AsyncPager[m.MuseumObject, m.ObjectPage]:
        """List the objects of the archive.

        Objects come in the order of their inventory numbers.

        `ListObjectsHeaders.of(...)` reads the header fields of its answers.

        Args:
            cursor: Where the page begins, as the page before it said.
            limit: How many objects a page holds at most. Constraints: at least 1, at
                most 200. When absent, the service takes `50`.
            kind: Only objects of these kinds.
            made: Only objects that were made in these years.
            options: Settings for this call alone.

        Returns:
            What to iterate over for the items, from page to page. A page of the list.

        Raises:
            StatusError: The service answered, and the status says it failed. Its
                `error` is a `Problem`.
            ApiConnectionError: The service could not be reached.
            ApiTimeoutError: The service did not answer in time.
            PaginationError: The pages lead back, or to another host.
        """
        return AsyncPager(
            self._caller,
            _LIST_OBJECTS,
            query={"cursor": cursor, "limit": limit, "kind": kind, "made": made},
            options=options,
        )

    async def remove_object(
        self,
        inventory_number: str,
        *,
        options: RequestOptions | None = None,
    ) -> None:
        """Remove an object that was added by mistake.

        Args:
            inventory_number: The number that the object was given when it came to the
                museum.
            options: Settings for this call alone.

        Raises:
            StatusError: The service answered, and the status says it failed. Its
                `error` is a `Problem`.
            ApiConnectionError: The service could not be reached.
            ApiTimeoutError: The service did not answer in time.
        """
        await self._caller.call(
            _REMOVE_OBJECT,
            path={"inventoryNumber": inventory_number},
            options=options,
        )
