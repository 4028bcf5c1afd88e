"""What openapi-spec-validator itself rejects is never passed over in silence."""

from __future__ import annotations

import warnings
from pathlib import Path

import pytest
from openapi_spec_validator import (
    OpenAPIV2SpecValidator,
    OpenAPIV30SpecValidator,
    OpenAPIV31SpecValidator,
    OpenAPIV32SpecValidator,
)
from openapi_spec_validator.schemas import get_validator_backend

from calque.diagnostics import Severity
from calque.document import load
from calque.document.read import read
from calque.document.version import Version, find_version

ROOT = Path(__file__).parents[2]
FAULTS = sorted(p for p in (ROOT / "tests/faults").iterdir() if p.suffix != ".txt")
VALIDATORS = {
    Version.V2_0: OpenAPIV2SpecValidator,
    Version.V3_0: OpenAPIV30SpecValidator,
    Version.V3_1: OpenAPIV31SpecValidator,
    Version.V3_2: OpenAPIV32SpecValidator,
}

# The validator gives up on these: it looks for references while it validates.
UNRESOLVED = (
    "dangling",
    "circular",
    "external",
    "kind",
    "several",
    "and-more",
    "minified",
    "swagger.yaml",
)


def verdict(path: Path) -> list[str] | None:
    """What the validator says of a document; None if it cannot say anything."""
    reading = read(path)
    version = find_version(reading.root)[0] if reading.root else None
    if version is None or reading.root is None:
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        errors = VALIDATORS[version](reading.root.mapping()).iter_errors()
        return [error.message for error in errors]


READABLE = [
    path
    for path in FAULTS
    if not any(word in path.name for word in UNRESOLVED)
    and (found := read(path)).root is not None
    and find_version(found.root)[0] is not None
]


def test_the_fast_backend_is_there() -> None:
    assert get_validator_backend() == "jsonschema-rs"


@pytest.mark.parametrize("path", READABLE, ids=lambda path: path.name)
def test_what_the_validator_rejects_is_an_error_here(path: Path) -> None:
    try:
        rejected = verdict(path)
    except (KeyError, TypeError, AttributeError, AssertionError) as error:
        rejected = [f"the validator fails: {error}"]
    found = [d for d in load(path).diagnostics if d.severity is Severity.ERROR]
    assert bool(found) >= bool(rejected)


@pytest.mark.parametrize(
    "path", sorted((ROOT / "spec").glob("*/openapi.*")), ids=lambda p: p.parent.name
)
def test_what_the_validator_accepts_has_no_diagnostics_here(path: Path) -> None:
    assert verdict(path) == []
    assert load(path).diagnostics == ()
