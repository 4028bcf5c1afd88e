"""Lazy packages: what is imported when, and what a wrong name gets to hear."""

from __future__ import annotations

import importlib
import subprocess
import sys
from pathlib import Path

import pytest
from tests.runtime.depot import models as m

RUNTIME = Path(importlib.import_module("_runtime").__path__[0]).parent
ROOT = Path(__file__).parents[2]


def _loaded(code: str) -> list[str]:
    """The modules of the depot that a fresh interpreter has loaded after some code."""
    show = (
        "print(*sorted(k for k in sys.modules if k.startswith('tests.runtime.depot.')))"
    )
    script = (
        f"import sys; sys.path[:0] = [{str(ROOT)!r}, {str(RUNTIME)!r}]; {code}; {show}"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    prefix = "tests.runtime.depot.models"
    return [name.removeprefix(prefix) for name in done.stdout.split()]


def test_nothing_is_loaded_before_it_is_asked_for() -> None:
    assert _loaded("from tests.runtime.depot import models") == [""]


def test_a_name_loads_its_module_alone() -> None:
    code = "from tests.runtime.depot import models; models.Shipment"
    assert _loaded(code) == ["", ".shipments"]


def test_types_of_other_modules_are_loaded_when_something_is_read() -> None:
    code = (
        "from tests.runtime.depot.models import Shipment; "
        "from _runtime.codec import decode; "
        'decode(b\'{"id": 1, "state": "planned"}\', Shipment)'
    )
    assert _loaded(code) == ["", ".places", ".shipments"]


def test_a_name_is_looked_up_once() -> None:
    shipment = m.Shipment
    assert vars(m)["Shipment"] is shipment


def test_a_wrong_name_is_an_attribute_error_that_python_can_advise_on() -> None:
    wrong = "Shipmnt"
    with pytest.raises(AttributeError, match=f"has no attribute '{wrong}'") as caught:
        getattr(m, wrong)
    assert caught.value.name == wrong
    assert caught.value.obj is m


def test_all_names_are_listed_and_can_be_imported() -> None:
    assert set(m.__all__) <= set(dir(m))
    for name in m.__all__:
        assert hasattr(m, name)
