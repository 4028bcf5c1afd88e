"""Which grammar a version of the specification has."""

from __future__ import annotations

from typing import assert_never

from calque.document.grammar import SHAPES, Shapes
from calque.document.grammar_3_2 import SHAPES_3_2
from calque.document.node import Node
from calque.document.swagger_grammar import SWAGGER
from calque.document.version import Version


def shapes_of(version: Version) -> Shapes:
    """The grammar of a version."""
    match version:
        case Version.V2_0:
            return SWAGGER
        case Version.V3_0 | Version.V3_1:
            return SHAPES
        case Version.V3_2:
            return SHAPES_3_2
        case _:
            assert_never(version)


def shapes_in(root: Node) -> Shapes:
    """The grammar that a whole document follows."""
    if "swagger" in root:
        return SWAGGER
    newest = (root.text("openapi") or "").startswith(Version.V3_2.value)
    return SHAPES_3_2 if newest else SHAPES
