"""Where things stand in a JSON text: found however deep, and read no more than once."""

from __future__ import annotations

import json

import pytest

from calque.document import json_text
from calque.document.json_text import Cache, find
from calque.document.limits import MAX_DEPTH

DEEP = MAX_DEPTH - 1


@pytest.mark.parametrize(
    ("opens", "closes", "key"), [('{"a": ', "}", "a"), ("[", "]", "0")]
)
def test_what_is_deep_is_found_and_what_follows_it(
    opens: str, closes: str, key: str
) -> None:
    text = f'{{"x": {opens * DEEP}1{closes * DEEP}, "y": 2}}'
    cache: Cache = {}
    inner = find(text, ["x", *[key] * DEEP], cache)
    assert text[inner.value.start] == "1"
    assert text[find(text, ["y"], cache).value.start] == "2"


class Counting(json.JSONDecoder):
    """Counts the characters that are skipped."""

    skipped = 0

    def raw_decode(self, s: str, idx: int = 0) -> tuple[object, int]:
        value, end = super().raw_decode(s, idx)
        self.skipped += end - idx
        return value, end


def test_no_part_of_a_text_is_read_more_than_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    decoder = Counting()
    monkeypatch.setattr(json_text, "_DECODER", decoder)
    inner = {f"k{n}": {f"i{m}": [m] * 9 for m in range(9)} for n in range(50)}
    text = json.dumps({"first": {"second": inner}, "last": 1})
    cache: Cache = {}
    for name, members in inner.items():
        for key in members:
            place = find(text, ["first", "second", name, key, "8"], cache)
            assert text[place.value.start] == key[1:]
    assert find(text, ["last"], cache).key is not None
    assert decoder.skipped < len(text)
