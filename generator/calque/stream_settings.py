"""How `calque.toml` says which server-sent event is the last of a stream."""

from __future__ import annotations

from calque.operation_table import WrongSetting


def stream_setting(name: str, value: object) -> str:
    """The data of the last event of an operation, or of `*`, all others.

    Raises WrongSetting for what is no such text; the text begins with the name.
    """
    if not isinstance(value, str) or not value:
        words = "the data of the last event, such as `[DONE]`, in quotes"
        raise WrongSetting(f"{name}` must be {words}")
    return value
