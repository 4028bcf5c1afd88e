"""What the data of the last event is, where `calque.toml` says it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.streaming.either_document import DOCUMENT

from calque import config
from calque.config import Config, ConfigError
from calque.model.ends import with_ends
from calque.model.selection import selected
from calque.pipeline import understand


def ends(folder: Path, **streams: str) -> dict[str | None, set[str | None]]:
    """The ends that are known of the events of each operation."""
    path = folder / "openapi.json"
    path.write_text(json.dumps(DOCUMENT), "utf-8")
    result = understand(path)
    assert result.value is not None
    settings = Config(streams=streams)
    api = with_ends(selected(result.value, settings), settings)
    return {
        operation.operation_id: {
            offer.end
            for answer in operation.answers
            for offer in answer.offers
            if offer.media_type == "text/event-stream"
        }
        for operation in api.operations
    }


def test_an_operation_is_named(tmp_path: Path) -> None:
    found = ends(tmp_path, told="[END]")
    assert found.pop("told") == {"[END]"}
    assert set().union(*found.values()) == {None}


def test_all_others_are_meant(tmp_path: Path) -> None:
    found = ends(tmp_path, **{"told": "[END]", "*": "[OVER]"})
    assert found.pop("told") == {"[END]"}
    assert set().union(*found.values()) == {"[OVER]"}


def test_two_sides_of_an_operation_have_one_name(tmp_path: Path) -> None:
    found = ends(tmp_path, **{"GET /other": "[END]"})
    assert found["other#stream"] == {"[END]"}
    assert found["other"] == set()


@pytest.mark.parametrize("name", ["nope", "GET /nope"])
def test_an_operation_that_there_is_not_is_an_error(tmp_path: Path, name: str) -> None:
    with pytest.raises(ConfigError, match="no operation has the operationId"):
        ends(tmp_path, **{name: "[END]"})


def test_an_operation_without_events_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="apart`: it answers with no events"):
        ends(tmp_path, apart="[END]")


@pytest.mark.parametrize(
    "text", ["streams = 1", "[streams]\na = 1", "[streams]\na = ''", "[streams.a]"]
)
def test_the_forms_of_the_settings(tmp_path: Path, text: str) -> None:
    (tmp_path / config.FILE).write_text(text)
    with pytest.raises(ConfigError, match="streams"):
        config.read(tmp_path)
