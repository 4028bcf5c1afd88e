"""A museum's archive on 127.0.0.1: objects and pictures in memory, and tokens for curators."""

from __future__ import annotations

import json
from base64 import b64encode
from typing import TypeAlias
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

from tests.bodies.shelf import parts
from tests.runtime.loopback import Answer, Asked, http

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"

CLIENT, SECRET = "curator-7", "a secret: with a colon"
PICTURE = UUID("6ba7b810-9dad-11d1-80b4-00c04fd430c8")
_LOGIN = "Basic " + b64encode(b"curator-7:a+secret%3A+with+a+colon").decode()
_ADDED = "2026-03-01T09:30:00Z"
_PAGE = 2


class Archive:
    """Answers as `spec/museum-archive/openapi.yaml` says, and checks what it is asked."""

    def __init__(self) -> None:
        self.objects: dict[str, dict[str, Json]] = {}
        self.pictures: dict[str, bytes] = {}
        self.tokens = 0
        self.keys: set[str] = set()

    def __call__(self, asked: Asked, _number: int) -> Answer:
        """The answer to a request."""
        target = urlsplit(asked.target)
        match [asked.method, *target.path.removeprefix("/api/v2/").split("/")]:
            case ["POST", "/oauth", "token"] | ["POST", "", "oauth", "token"]:
                return self._token(asked)
            case ["GET", "objects"]:
                return self._list(parse_qs(target.query))
            case ["GET", "objects", number]:
                return self._found(number)
            case ["GET", "images", picture]:
                return http(200, self.pictures[picture], "image/jpeg")
            case _ if asked.headers.get("authorization") != f"Bearer t{self.tokens}":
                return _problem(401, "Curators only.")
            case ["POST", "objects"]:
                return self._add(asked)
            case ["PATCH", "objects", number]:
                return self._correct(number, json.loads(asked.body))
            case ["DELETE", "objects", number]:
                del self.objects[number]
                return http(204)
            case ["POST", "objects", _, "images"]:
                return self._upload(asked)
            case _:
                return _problem(405, f"{asked.method} {asked.target}")

    def _token(self, asked: Asked) -> Answer:
        form = parse_qs(asked.body.decode())
        if asked.headers["authorization"] != _LOGIN:
            return http(401, b'{"error": "invalid_client"}')
        assert form["grant_type"] == ["client_credentials"]
        self.tokens += 1
        token = {"access_token": f"t{self.tokens}", "token_type": "Bearer"}
        return _json(200, {**token, "expires_in": 3600, "scope": form["scope"][0]})

    def _list(self, query: dict[str, list[str]]) -> Answer:
        kinds = query.get("kind", ["painting,sculpture,coin"])[0].split(",")
        found: list[Json] = [o for o in self.objects.values() if o["kind"] in kinds]
        first = int(query.get("cursor", ["0"])[0])
        page: dict[str, Json] = {"items": found[first : first + _PAGE]}
        if first + _PAGE < len(found):
            page["nextCursor"] = str(first + _PAGE)
        return _json(200, page, {"X-Total-Count": str(len(found))})

    def _found(self, number: str) -> Answer:
        found = self.objects.get(number)
        if found is None:
            return _problem(404, "Nothing has this number.", removedAt=_ADDED)
        return _json(200, found, {"ETag": f'"{len(found)}"'})

    def _add(self, asked: Asked) -> Answer:
        added: dict[str, Json] = json.loads(asked.body)
        self.keys.add(asked.headers["idempotency-key"])
        assert "addedAt" not in added
        added["addedAt"] = _ADDED
        self.objects[str(added["inventoryNumber"])] = added
        return _json(201, added)

    def _correct(self, number: str, changes: dict[str, Json]) -> Answer:
        """RFC 7396: null takes a member away."""
        whole = self.objects[number] | changes
        self.objects[number] = {k: v for k, v in whole.items() if v is not None}
        return _json(200, self.objects[number])

    def _upload(self, asked: Asked) -> Answer:
        notes, *pictures = parts(asked)
        assert (notes.name, notes.content_type) == ("notes", "application/json")
        about = json.loads(notes.content)
        kept: list[Json] = []
        for picture in pictures:
            assert picture.name == "pictures"
            self.pictures[str(PICTURE)] = picture.content
            kept.append({"id": str(PICTURE), "width": 4, "height": 3, **about})
        return _json(201, kept)


def _json(status: int, value: Json, headers: dict[str, str] | None = None) -> Answer:
    return http(status, json.dumps(value).encode(), headers=headers)


def _problem(status: int, detail: str, **more: Json) -> Answer:
    body = json.dumps({"status": status, "detail": detail, **more}).encode()
    return http(status, body, "application/problem+json")
