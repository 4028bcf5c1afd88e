"""The rules of the comparison, by what they are about; each is data."""

from __future__ import annotations

from calque.comparison.rule import Rule
from calque.comparison.rules.arguments import ARGUMENTS
from calque.comparison.rules.calls import CALLS
from calque.comparison.rules.client import CLIENT, CLIENT_ARGUMENTS, EXPORTS, SCHEMES
from calque.comparison.rules.failures import FAILURES
from calque.comparison.rules.fields import FIELDS
from calque.comparison.rules.headers import HEADERS
from calque.comparison.rules.members import MEMBERS
from calque.comparison.rules.models import MODELS
from calque.comparison.rules.webhooks import WEBHOOKS

ALL: tuple[Rule, ...] = (
    *CALLS.all,
    *ARGUMENTS.all,
    *FAILURES.all,
    *MODELS.all,
    *FIELDS.all,
    *HEADERS.all,
    *MEMBERS.all,
    *WEBHOOKS.all,
    *CLIENT.all,
    *CLIENT_ARGUMENTS.all,
    *SCHEMES.all,
    *EXPORTS.all,
)
"""Every rule there is."""
