"""Drives a package that is generated for the cells, and records what a server received."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

import anyio

from calque.document.node import Json
from tests.made import imported, write
from tests.runtime.loopback import Asked, Server, http
from tests.wire.cell import NOTHING, REFUSED, Cell, Location, Record


def document(cells: Sequence[Cell]) -> dict[str, Json]:
    """An operation for each cell, `cell_1` and so on."""
    paths: dict[str, Json] = {}
    for number, cell in enumerate(cells, 1):
        operation: dict[str, Json] = {
            "tags": ["wire"],
            "operationId": f"cell_{number}",
            "parameters": [cell.parameter()],
            "responses": {"204": {"description": "Received."}},
        }
        last = "x{color}" if cell.location == "path" else "x"
        paths[f"/{number}/{last}"] = {"get": operation}
    integer: Json = {"type": "integer"}
    color: Json = {
        "type": "object",
        "required": ["R", "G", "B"],
        "properties": {"R": integer, "G": integer, "B": integer},
    }
    return {
        "openapi": "3.2.0",
        "info": {"title": "Wired", "version": "1.0.0"},
        "servers": [{"url": "https://wired.example"}],
        "paths": paths,
        "components": {"schemas": {"Color": color}},
    }


def received(cells: Sequence[Cell], folder: Path, *, awaited: bool) -> list[str]:
    """What arrives of each cell, sent by the sync or by the async client."""
    write(document(cells), "wired", folder)
    with imported(folder, "wired") as wired, Server(http(204)) as server:
        if awaited:
            return anyio.run(_awaited, wired, server, cells)
        with wired.WiredClient(base_url=server.url) as client:
            found: list[str] = []
            for number, cell in enumerate(cells, 1):
                method = getattr(client.wire, f"cell_{number}")
                try:
                    method(**_given(cell, wired))
                except ValueError:
                    found.append(REFUSED)
                else:
                    found.append(_part(server.asked[-1], cell.location))
            return found


async def _awaited(
    wired: ModuleType, server: Server, cells: Sequence[Cell]
) -> list[str]:
    found: list[str] = []
    async with wired.AsyncWiredClient(base_url=server.url) as client:
        for number, cell in enumerate(cells, 1):
            method = getattr(client.wire, f"cell_{number}")
            try:
                await method(**_given(cell, wired))
            except ValueError:
                found.append(REFUSED)
            else:
                found.append(_part(server.asked[-1], cell.location))
    return found


def _given(cell: Cell, wired: ModuleType) -> dict[str, object]:
    """The value of a cell in Python, objects as the generated class."""
    value = cell.value
    if isinstance(value, Record):
        models = importlib.import_module(f"{wired.__name__}.models")
        value = models.Color(r=value.red, g=value.green, b=value.blue)
    return {"color": value}


def _part(asked: Asked, location: Location) -> str:
    """What a request carries in a location, as text."""
    path, mark, query = asked.target.partition("?")
    match location:
        case "path":
            return path.rpartition("/x")[2]
        case "query" | "querystring":
            return query if mark else NOTHING
        case _:
            name = "color" if location == "header" else "cookie"
            field = asked.headers.get(name)
            # The server reads Latin-1, so that it loses no byte.
            return NOTHING if field is None else field.encode("latin-1").decode()
