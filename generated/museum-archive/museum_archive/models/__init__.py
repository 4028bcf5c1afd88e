"""The models, each loaded when it is first used."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .images import Image, ImageNotes
    from .objects import (
        Coin,
        Correction,
        Kind,
        KindLike,
        MuseumObject,
        NotInArchive,
        ObjectPage,
        Painting,
        Sculpture,
        Years,
    )
    from .shared import Described, Problem
else:
    from .._runtime.lazy import lazy

    __getattr__, __dir__ = lazy(
        __name__,
        {
            "Coin": "objects",
            "Correction": "objects",
            "Described": "shared",
            "Image": "images",
            "ImageNotes": "images",
            "Kind": "objects",
            "KindLike": "objects",
            "MuseumObject": "objects",
            "NotInArchive": "objects",
            "ObjectPage": "objects",
            "Painting": "objects",
            "Problem": "shared",
            "Sculpture": "objects",
            "Years": "objects",
        },
    )

__all__ = [
    "Coin",
    "Correction",
    "Described",
    "Image",
    "ImageNotes",
    "Kind",
    "KindLike",
    "MuseumObject",
    "NotInArchive",
    "ObjectPage",
    "Painting",
    "Problem",
    "Sculpture",
    "Years",
]
