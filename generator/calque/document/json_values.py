"""What a JSON text says as plain data, and whether anything in it is doubtful."""

from __future__ import annotations

import json

from calque.document.node import Json


def decoder(doubts: list[str]) -> json.JSONDecoder:
    """Reads JSON; notes what `json.loads` lets pass and is a fault all the same."""

    def members(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
        result = dict(pairs)
        if len(result) < len(pairs):
            doubts.append("duplicate key")
            result = dict(reversed(pairs))
        return result

    def real(number: str) -> float:
        value = float(number)
        if value in (float("inf"), float("-inf")):
            doubts.append(number)
        return value

    return json.JSONDecoder(
        object_pairs_hook=members, parse_float=real, parse_constant=doubts.append
    )


def deeper_than(limit: int, value: Json) -> bool:
    """Whether objects and arrays are nested more than `limit` levels deep."""
    level: list[dict[str, Json] | list[Json]] = [[value]]
    for _ in range(limit + 2):
        level = [
            child
            for parent in level
            for child in (parent.values() if isinstance(parent, dict) else parent)
            if isinstance(child, (dict, list))
        ]
        if not level:
            return False
    return True
