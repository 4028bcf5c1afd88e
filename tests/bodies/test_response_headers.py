"""Header fields of answers, as typed values: of a whole answer, and of an error."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from types import ModuleType

import pytest
from _runtime.headers import Headers

from calque.document.node import Json
from tests.bodies.shelf import Shelf
from tests.made import imported, write
from tests.runtime.loopback import Answer, Server

_SIZE: Json = {"$ref": "#/components/schemas/Size"}
_TYPES: dict[str, Json] = {
    "X-Count": {"schema": {"type": "integer"}},
    "X-Ratio": {"schema": {"type": "number"}},
    "X-On": {"schema": {"type": "boolean"}},
    "X-Colour": {"schema": {"$ref": "#/components/schemas/Colour"}},
    "X-Until": {"schema": {"type": "string", "format": "date-time"}},
    "X-Made": {"schema": {"type": "string", "format": "http-date"}},
    "X-Tags": {"schema": {"type": "array", "items": {"type": "string"}}},
    "X-Numbers": {"schema": {"type": "array", "items": {"type": "integer"}}},
    "X-Size": {"schema": _SIZE},
    "X-Exploded": {"schema": _SIZE, "explode": True},
    "X-Json": {"content": {"application/json": {"schema": _SIZE}}},
    "X-Text": {"content": {"text/plain": {"schema": {"type": "integer"}}}},
    "X-Map": {
        "schema": {"type": "object", "additionalProperties": {"type": "integer"}}
    },
    "X-Either": {"schema": {"type": ["integer", "string"]}},
    "X-Any": {"schema": {}},
    "Set-Cookie": {"schema": {"type": "string"}},
    "Content-Type": {"schema": {"type": "integer"}},
}
DOCUMENT: Json = {
    "openapi": "3.1.1",
    "info": {"title": "Shelf", "version": "1.0.0"},
    "servers": [{"url": "https://shelf.example"}],
    "paths": {
        "/all": {
            "get": {
                "operationId": "getAll",
                "tags": ["media"],
                "responses": {
                    "204": {"description": "All.", "headers": _TYPES},
                    "429": {
                        "description": "Too many.",
                        "headers": {"Retry-After": {"schema": {"type": "integer"}}},
                    },
                },
            }
        }
    },
    "components": {
        "schemas": {
            "Size": {
                "type": "object",
                "required": ["width"],
                "properties": {
                    "width": {"type": "integer"},
                    "unit": {"type": "string"},
                },
            },
            "Colour": {"type": "string", "enum": ["red", "blue"]},
        }
    },
}


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    folder = tmp_path_factory.mktemp("headed")
    write(DOCUMENT, "shelf", folder)
    with imported(folder, "shelf") as found:
        yield found


def _answer(status: int, *lines: str) -> Answer:
    head = "".join(f"{line}\r\n" for line in ("Content-Length: 0", *lines))
    return Answer(f"HTTP/1.1 {status} X\r\n{head}\r\n".encode("latin-1"))


class _Had:
    """What has nothing but header fields."""

    def __init__(self, *fields: tuple[str, str]) -> None:
        self.headers = Headers(fields)


_NOON = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("x_count", "12", 12),
        ("x_ratio", "0.5", 0.5),
        ("x_ratio", "2", 2),
        ("x_on", "true", True),
        ("x_until", "2026-03-01T12:00:00Z", _NOON),
        ("x_until", "Sun, 01 Mar 2026 12:00:00 GMT", _NOON),
        ("x_made", "Sun, 01 Mar 2026 12:00:00 GMT", _NOON),
        ("x_made", "2026-03-01T13:00:00+01:00", _NOON),
        ("x_tags", "a, b,c", ["a", "b", "c"]),
        ("x_tags", "", []),
        ("x_numbers", "1,2", [1, 2]),
        ("x_map", "a,1,b,2", {"a": 1, "b": 2}),
        ("x_text", "12", "12"),
        ("x_either", "12", 12),
        ("x_either", "dozen", "dozen"),
        ("x_any", "12", "12"),
        ("x_colour", "red", "red"),
        ("set_cookie", "a=b; Path=/", ["a=b; Path=/"]),
    ],
)
def test_the_schema_says_what_a_text_means(
    package: ModuleType, name: str, text: str, value: object
) -> None:
    wire = name.replace("_", "-")
    headers = package.GetAllHeaders.of(_Had((wire, text)))
    assert getattr(headers, name) == value
    assert headers.issues == ()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("x_size", "width,3,unit,cm"),
        ("x_exploded", "width=3,unit=cm"),
        ("x_json", '{"width": 3, "unit": "cm"}'),
    ],
)
def test_objects_are_models(package: ModuleType, name: str, text: str) -> None:
    headers = package.GetAllHeaders.of(_Had((name.replace("_", "-"), text)))
    size = getattr(headers, name)
    assert (size.width, size.unit) == (3, "cm")
    assert headers.issues == ()


@pytest.mark.parametrize(
    ("name", "text", "kept"),
    [
        ("x_count", "many", "many"),
        ("x_count", "1.5", 1.5),
        ("x_on", "yes", "yes"),
        ("x_until", "tomorrow", "tomorrow"),
        ("x_made", "tomorrow", "tomorrow"),
        ("x_numbers", "1,b", [1, "b"]),
        ("x_size", "width", "width"),
        ("x_exploded", "width", "width"),
        ("x_json", "{", "{"),
        ("x_colour", "green", "green"),
    ],
)
def test_what_does_not_fit_is_kept_with_an_issue(
    package: ModuleType, name: str, text: str, kept: object
) -> None:
    wire = name.replace("_", "-")
    headers = package.GetAllHeaders.of(_Had((wire, text)))
    assert getattr(headers, name) == kept
    (issue,) = headers.issues
    assert wire in issue.path.lower()


def test_what_is_absent_is_none(package: ModuleType) -> None:
    headers = package.GetAllHeaders.of(_Had())
    assert headers.x_count is None
    assert headers.retry_after is None
    assert not hasattr(headers, "content_type")


def test_of_a_whole_answer(shelf: Shelf, package: ModuleType) -> None:
    with Server(
        _answer(
            204,
            "x-count: 3",
            "X-Tags: a",
            "X-Tags: b, c",
            "Set-Cookie: a=1; Expires=Sun, 01 Mar 2026 12:00:00 GMT",
            "Set-Cookie: b=2",
        )
    ) as server:
        headers = package.GetAllHeaders.of(shelf.call(server.url, "get_all"))
    assert headers.x_count == 3
    assert headers.x_tags == ["a", "b", "c"]
    assert headers.set_cookie == [
        "a=1; Expires=Sun, 01 Mar 2026 12:00:00 GMT",
        "b=2",
    ]
    assert headers.issues == ()


def test_of_an_error(shelf: Shelf, package: ModuleType) -> None:
    with (
        Server(_answer(429, "Retry-After: 900")) as server,
        pytest.raises(package.TooManyRequestsError) as caught,
    ):
        shelf.call(server.url, "get_all")
    assert package.GetAllHeaders.of(caught.value).retry_after == 900
