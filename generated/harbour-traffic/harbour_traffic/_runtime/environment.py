"""Names of environment variables: the prefix of the API, then what the variable holds.

And of the arguments that take their place.
"""

from __future__ import annotations

import re


def variable_name(prefix: str, *parts: str) -> str:
    """`variable_name("ACME", "apiKey")` is `ACME_API_KEY`."""
    return "_".join([prefix, *(_snake(part).upper() for part in parts)])


def argument_name(name: str) -> str:
    """`argument_name("basePath")` is `base_path`."""
    return _snake(name).lower()


def _snake(name: str) -> str:
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name)
    return re.sub(r"[^A-Za-z0-9]+", "_", words).strip("_")
