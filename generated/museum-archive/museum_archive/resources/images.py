"""The operations of `client.images`."""

from __future__ import annotations

from uuid import UUID

from .. import models as m
from .._runtime.call import AsyncCaller, Caller
from .._runtime.files import File
from .._runtime.forms import Part
from .._runtime.multipart import Multipart
from .._runtime.operation import Binary, Json, Operation
from .._runtime.options import RequestOptions

_DOWNLOAD_IMAGE: Operation[bytes] = Operation(
    id="downloadImage",
    method="GET",
    path="/images/{imageId}",
    security=((), ("curator",)),
    scopes={"curator": ("objects.read",)},
    accept="image/jpeg, application/problem+json",
    answers={200: Binary(), "default": Json(lambda: m.Problem)},
)

_LIST_IMAGES: Operation[list[m.Image]] = Operation(
    id="listImages",
    method="GET",
    path="/objects/{inventoryNumber}/images",
    security=((), ("curator",)),
    scopes={"curator": ("objects.read",)},
    accept="application/json, application/problem+json",
    answers={200: Json(lambda: list[m.Image]), "default": Json(lambda: m.Problem)},
)

_UPLOAD_IMAGES: Operation[list[m.Image]] = Operation(
    id="uploadImages",
    method="POST",
    path="/objects/{inventoryNumber}/images",
    security=(("curator",),),
    scopes={"curator": ("objects.read", "objects.write")},
    content_type="multipart/form-data",
    body=Multipart(
        {
            "pictures": Part(file=True, content_type="image/jpeg, image/png"),
            "permission": Part(file=True, content_type="application/pdf"),
        }
    ),
    accept="application/json, application/problem+json",
    answers={201: Json(lambda: list[m.Image]), "default": Json(lambda: m.Problem)},
)


class Images:
    """Pictures of what the museum keeps."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    def download_image(
        self,
        image_id: UUID,
        *,
        options: RequestOptions | None = None,
    ) -> bytes:
        """Download a picture.

        Args:
            image_id: The picture's id.
            options: Settings for this call alone.

        Returns:
            The picture.

        Raises:
            StatusError: The service answered, and the status says it failed. Its
                `error` is a `Problem`.
            ApiConnectionError: The service could not be reached.
            ApiTimeoutError: The service did not answer in time.
        """
        return self._caller.call(
            _DOWNLOAD_IMAGE,
            path={"imageId": image_id},
            options=options,
        )

    def list_images(
        self,
        inventory_number: str,
        *,
        options: RequestOptions | None = None,
    ) -> list[m.Image]:
        """List the pictures of an object.

        Args:
            inventory_number: The number that the object was given when it came to the
                museum.
            options: Settings for this call alone.

        Returns:
            All of its pictures.

        Raises:
            StatusError: The service answered, and the status says it failed. Its
                `error` is a `Problem`.
            ApiConnectionError: The service could not be reached.
            ApiTimeoutError: The service did not answer in time.
        """
        return self._caller.call(
            _LIST_IMAGES,
            path={"inventoryNumber": inventory_number},
            options=options,
        )

    def upload_images(
        self,
        inventory_number: str,
        *,
        notes: m.ImageNotes,
        pictures: list[File],
        permission: File | None = None,
        options: RequestOptions | None = None,
    ) -> list[m.Image]:
        """Upload pictures of an object.

        Args:
            inventory_number: The number that the object was given when it came to the
                museum.
            notes: What holds for all of the pictures.
            pictures: The pictures, in the order in which they are shown. Constraints:
                at least 1 item.
            permission: The photographer's permission.
            options: Settings for this call alone.

        Returns:
            The pictures as the archive keeps them.

        Raises:
            StatusError: The service answered, and the status says it failed. Its
                `error` is a `Problem`.
            ApiConnectionError: The service could not be reached.
            ApiTimeoutError: The service did not answer in time.
        """
        return self._caller.call(
            _UPLOAD_IMAGES,
            path={"inventoryNumber": inventory_number},
            body={"notes": notes, "pictures": pictures, "permission": permission},
            options=options,
        )


class AsyncImages:
    """Pictures of what the museum keeps."""

    def __init__(self, caller: AsyncCaller) -> None:
        self._caller = caller

    async def download_image(
        self,
        image_id: UUID,
        *,
        options: RequestOptions | None = None,
    ) -> bytes:
        """Download a picture.

        Args:
            image_id: The picture's id.
            options: Settings for this call alone.

        Returns:
            The picture.

        Raises:
            StatusError: The service answered, and the status says it failed. Its
                `error` is a `Problem`.
            ApiConnectionError: The service could not be reached.
            ApiTimeoutError: The service did not answer in time.
        """
        return await self._caller.call(
            _DOWNLOAD_IMAGE,
            path={"imageId": image_id},
            options=options,
        )

    async def list_images(
        self,
        inventory_number: str,
        *,
        options: RequestOptions | None = None,
    ) -> list[m.Image]:
        """List the pictures of an object.

        Args:
            inventory_number: The number that the object was given when it came to the
                museum.
            options: Settings for this call alone.

        Returns:
            All of its pictures.

        Raises:
            StatusError: The service answered, and the status says it failed. Its
                `error` is a `Problem`.
            ApiConnectionError: The service could not be reached.
            ApiTimeoutError: The service did not answer in time.
        """
        return await self._caller.call(
            _LIST_IMAGES,
            path={"inventoryNumber": inventory_number},
            options=options,
        )

    async def upload_images(
        self,
        inventory_number: str,
        *,
        notes: m.ImageNotes,
        pictures: list[File],
        permission: File | None = None,
        options: RequestOptions | None = None,
    ) -> list[m.Image]:
        """Upload pictures of an object.

        Args:
            inventory_number: The number that the object was given when it came to the
                museum.
            notes: What holds for all of the pictures.
            pictures: The pictures, in the order in which they are shown. Constraints:
                at least 1 item.
            permission: The photographer's permission.
            options: Settings for this call alone.

        Returns:
            The pictures as the archive keeps them.

        Raises:
            StatusError: The service answered, and the status says it failed. Its
                `error` is a `Problem`.
            ApiConnectionError: The service could not be reached.
            ApiTimeoutError: The service did not answer in time.
        """
        return await self._caller.call(
            _UPLOAD_IMAGES,
            path={"inventoryNumber": inventory_number},
            body={"notes": notes, "pictures": pictures, "permission": permission},
            options=options,
        )
