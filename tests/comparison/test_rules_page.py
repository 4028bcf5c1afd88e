"""The page of the rules says what the rules say."""

from __future__ import annotations

import pytest

from tests.comparison.rules_page import PAGE, rules_page

pytestmark = pytest.mark.once


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text("utf-8") == rules_page()
