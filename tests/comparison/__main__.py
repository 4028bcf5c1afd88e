"""Writes the page of the rules: `docs/diff.md`."""

from __future__ import annotations

from tests.comparison.rules_page import PAGE, rules_page

if __name__ == "__main__":
    PAGE.write_text(rules_page(), "utf-8")
