"""Settings of a client and options of a call: what overrides what, and what is refused."""

from __future__ import annotations

from functools import partial
from typing import Any, cast

import pytest
from _runtime.client import Client
from _runtime.errors import ConfigurationError
from _runtime.headers import Headers
from _runtime.options import (
    DEFAULT_TIMEOUT,
    RequestOptions,
    Settings,
    Timeout,
    as_count,
    as_deadline,
    as_fields,
    as_timeout,
)
from tests.runtime.calls import API


def test_defaults() -> None:
    assert Timeout(connect=5.0, read=60.0, write=60.0, pool=60.0) == DEFAULT_TIMEOUT
    assert Settings().max_retries == 2
    assert Settings().deadline is None


@pytest.mark.parametrize(
    ("seconds", "connect"), [(30, 5.0), (5, 5.0), (2.5, 2.5), (0.1, 0.1)]
)
def test_a_number_limits_every_step(seconds: float, connect: float) -> None:
    assert as_timeout(seconds) == Timeout(
        connect=connect, read=seconds, write=seconds, pool=seconds
    )


def test_a_timeout_is_taken_as_it_is() -> None:
    timeout = Timeout(connect=None, read=None, write=1, pool=2)
    assert as_timeout(timeout) is timeout
    assert timeout.clipped(None) is timeout
    assert timeout.clipped(1.5) == Timeout(connect=1.5, read=1.5, write=1, pool=1.5)


@pytest.mark.parametrize("seconds", [0, -1, float("nan")])
def test_no_time_at_all_is_refused(seconds: float) -> None:
    with pytest.raises(ValueError, match="timeout must be a positive number"):
        as_timeout(seconds)
    with pytest.raises(ValueError, match=r"timeout\.read must be a positive number"):
        as_timeout(Timeout(read=seconds))
    with pytest.raises(ValueError, match="deadline must be a positive number"):
        as_deadline(seconds)


def test_a_negative_number_of_retries_is_refused() -> None:
    with pytest.raises(ValueError, match="max_retries must not be negative"):
        as_count(-1)


def test_each_option_overrides_the_setting() -> None:
    own = Settings(
        max_retries=5,
        deadline=9.0,
        headers=Headers({"X-A": "client"}),
        strict_responses=True,
        keep_unknown=True,
    )
    assert own.overridden(None) is own
    assert own.overridden({}) is own
    options: RequestOptions = {
        "timeout": 3.0,
        "max_retries": 0,
        "deadline": None,
        "headers": {"X-A": " call "},
        "query": {"q": [1, 2]},
        "idempotency_key": "k",
        "strict_responses": False,
    }
    assert own.overridden(options) == Settings(
        timeout=Timeout(connect=3.0, read=3.0, write=3.0, pool=3.0),
        max_retries=0,
        deadline=None,
        headers=Headers({"X-A": "client"}),
        call_headers=Headers({"X-A": "call"}),
        query={"q": [1, 2]},
        idempotency_key="k",
        strict_responses=False,
        keep_unknown=True,
    )
    assert own.overridden({"timeout": 1}).max_retries == 5


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["a"], "options takes a mapping such as a dict, not a value of type list"),
        ({1: 2}, "options: the name 1 takes a str, not a value of type int"),
        ({"headers": ["a"]}, "headers takes a mapping such as a dict, .* list"),
        ({"headers": {"A": 1}}, "headers: the value of 'A' takes a str, .* int"),
        ({"headers": {1: "A"}}, "headers: the name 1 takes a str, .* int"),
        ({"max_retries": "x"}, "max_retries takes a number of retries, an int, .* str"),
        ({"max_retries": 1.5}, "max_retries takes a number of retries, an int, .* flo"),
        ({"timeout": "3"}, "timeout takes a number of seconds or a Timeout, .* str"),
        ({"timeout": None}, "timeout takes a number of seconds or a Timeout, .* None"),
        (
            {"timeout": Timeout(read=cast("float", "3"))},
            r"timeout\.read takes a number",
        ),
        ({"deadline": "3"}, "deadline takes a number of seconds or None, .* str"),
        ({"query": ["a"]}, "query takes a mapping such as a dict, .* list"),
        ({"idempotency_key": 5}, "idempotency_key takes a str, .* int"),
        ({"strict_responses": "no"}, "strict_responses takes True or False, .* str"),
    ],
)
def test_an_option_of_a_wrong_type_is_named(options: object, message: str) -> None:
    with pytest.raises(TypeError, match=message):
        Settings().overridden(cast("RequestOptions", options))


@pytest.mark.parametrize(
    ("setting", "kind", "message"),
    [
        ({"credential": 5}, ConfigurationError, "credential must be a bearer token"),
        ({"credential": {"a": 5}}, ConfigurationError, "no scheme 'a'"),
        ({"credential": {"bearer": 5}}, ConfigurationError, "'bearer' takes a bearer"),
        ({"headers": ["a"]}, TypeError, "headers takes a mapping"),
        ({"headers": {"A": 1}}, TypeError, "the value of 'A' takes a str"),
        ({"max_retries": "x"}, TypeError, "max_retries takes a number"),
        ({"timeout": "3"}, TypeError, "timeout takes a number"),
        ({"deadline": []}, TypeError, "deadline takes a number"),
        ({"keep_unknown": 1}, TypeError, "keep_unknown takes True or False"),
        ({"base_url": 5}, ConfigurationError, "base_url takes a str, not a int"),
        (
            {"base_url": None, "variables": {"endpoint": 5}},
            ConfigurationError,
            "endpoint takes a str, not a int",
        ),
    ],
)
def test_a_setting_of_a_wrong_type_is_named(
    setting: dict[str, object], kind: type[Exception], message: str
) -> None:
    settings = {"base_url": "https://h", "credential": "t", **setting}
    with pytest.raises(kind, match=message):
        partial(Client, API, **cast("dict[str, Any]", settings))()


def test_an_unknown_option_is_named() -> None:
    options = cast("RequestOptions", {"timeout": 1, "retries": 3})
    with pytest.raises(TypeError, match=r"'retries' is not an option.*max_retries"):
        Settings().overridden(options)


@pytest.mark.parametrize("name", ["", "X Y", "X:Y", "X\r\n", "Ä"])
def test_a_header_name_that_http_forbids_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="not a valid header name"):
        as_fields({name: "v"})


@pytest.mark.parametrize("value", ["a\r\nX-Evil: 1", "a\n", "a\x00"])
def test_a_header_value_cannot_add_a_header(value: str) -> None:
    with pytest.raises(ValueError, match="'X-A' holds a control character") as caught:
        Settings().overridden({"headers": {"X-A": value}})
    assert value not in str(caught.value)


def test_headers_are_a_mapping_without_case() -> None:
    headers = Headers([("Set-Cookie", "a=1"), ("X-A", "1"), ("set-cookie", "b=2")])
    assert headers["SET-COOKIE"] == "a=1, b=2"
    assert headers.get_list("set-cookie") == ["a=1", "b=2"]
    assert list(headers) == ["set-cookie", "x-a"]
    assert len(headers) == 2
    assert "x-A" in headers
    assert not headers.__contains__(1)
    assert headers.get("nope") is None
    assert headers == {"Set-Cookie": "a=1, b=2", "x-a": "1"}
    assert headers != {"x-a": "1"}
    assert headers != 1
    assert hash(Headers({"A": "1"})) == hash(Headers({"a": "1"}))
    with pytest.raises(KeyError):
        headers["nope"]
    changed = headers.replaced({"SET-cookie": "c"})
    assert changed.multi_items() == (("X-A", "1"), ("SET-cookie", "c"))


def test_headers_show_only_what_is_known_harmless() -> None:
    headers = Headers({"Authorization": "hunter2", "X-New": "hunter2", "ETag": "e"})
    assert repr(headers) == (
        "Headers({'authorization': '[redacted]', 'x-new': '[redacted]', 'etag': 'e'})"
    )
