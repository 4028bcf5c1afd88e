"""The environment variables that documents name are those that the runtime reads."""

from __future__ import annotations

from _runtime.environment import variable_name
from hypothesis import example, given
from hypothesis import strategies as st

from calque.render.credentials import environment_name


@given(st.lists(st.text(), max_size=3))
@example(["appId", "API_KEY"])
@example(["OAuth2", "TOKEN"])
@example(["x-api key", "API_KEY"])
def test_documents_and_runtime_agree(parts: list[str]) -> None:
    assert environment_name("ACME", *parts) == variable_name("ACME", *parts)
