"""The base URL: variables from the caller, the environment and the description."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from _runtime.client import Client
from _runtime.errors import ConfigurationError
from _runtime.server import base_url, checked_url, is_loopback
from _runtime.urls import host_of, redacted, target_of, without_query
from tests.runtime.calls import API


def url(
    template: str,
    defaults: Mapping[str, str | None],
    given: Mapping[str, str | None],
    **environment: str,
) -> str:
    return base_url(template, defaults, given, prefix="PETS", environment=environment)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("https://h", "https://h"),
        ("https://h/", "https://h"),
        ("https://h//", "https://h"),
        ("  https://h/v1/  ", "https://h/v1"),
        ("HTTPS://H.Example.COM/V1", "https://h.example.com/V1"),
        ("https://h:443/a", "https://h/a"),
        ("http://h:80", "http://h"),
        ("http://h:8080/a/b/", "http://h:8080/a/b"),
        ("http://[::1]:8080", "http://[::1]:8080"),
        ("https://h/a%20b/{c}", "https://h/a%20b/%7Bc%7D"),
    ],
)
def test_a_url_is_brought_to_the_form_that_is_sent(given: str, expected: str) -> None:
    assert url("{endpoint}", {"endpoint": None}, {"endpoint": given}) == expected
    assert checked_url(expected, "x") == expected


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("h.example.com", "endpoint must be an http or https URL, such as https://"),
        ("h.example.com:8080", "must be an http or https URL"),
        ("//h", "must be an http or https URL"),
        ("ftp://h", "must be an http or https URL"),
        ("/v1", "must be an http or https URL"),
        ("https://", "must be an http or https URL"),
        ("", "must be an http or https URL"),
        ("https://h?a=b", "must not have a query"),
        ("https://h#a", "must not have a query or fragment"),
        ("https://h/a b", "without white space"),
        ("https://hä", "xn--"),
        ("https://h:99999", "is not a URL"),
        ("https://h:port", "is not a URL"),
        ("https://[::1", "is not a URL"),
        ("https://user:hunter2@h", "must not hold a user name or password"),
        ("user:hunter2@h/x", "must be an http or https URL"),
        ("https://h?key=hunter2", "must not have a query"),
    ],
)
def test_what_is_no_base_url_is_refused(given: str, message: str) -> None:
    with pytest.raises(ConfigurationError, match=message) as caught:
        url("{endpoint}", {"endpoint": None}, {"endpoint": given})
    assert "hunter2" not in str(caught.value)


def test_variables_in_the_order_caller_environment_default() -> None:
    template = "https://{region}.example.com/{basePath}"
    defaults = {"region": "eu", "basePath": "v1"}
    assert url(template, defaults, {}) == "https://eu.example.com/v1"
    environment = {"PETS_REGION": "us", "PETS_BASE_PATH": "v2"}
    assert url(template, defaults, {}, **environment) == "https://us.example.com/v2"
    given = {"region": "asia", "basePath": None}
    assert (
        url(template, defaults, given, **environment) == "https://asia.example.com/v2"
    )
    assert (
        url(template, {"region": "eu", "basePath": ""}, {}) == "https://eu.example.com"
    )


def test_a_missing_variable_names_argument_and_environment() -> None:
    with pytest.raises(ConfigurationError) as caught:
        url(
            "https://{tenantName}.example.com",
            {"tenantName": None},
            {},
            PETS_TENANT_NAME="",
        )
    assert str(caught.value) == (
        "tenant_name is missing: pass tenant_name=, or set the environment variable "
        "PETS_TENANT_NAME"
    )


def test_the_environment_of_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PETS_ENDPOINT", "https://from.environment/")
    monkeypatch.setenv("PETS_TOKEN", "from-environment")
    assert "https://from.environment, credentials: bearer" in repr(Client(API))
    given = Client(API, variables={"endpoint": "https://given"}, credential="t")
    assert "https://given" in repr(given)
    assert "https://whole/x" in repr(Client(API, base_url="https://whole/x/"))


def test_the_parts_of_urls() -> None:
    whole = (
        "https://u:hunter2@h:8443/a%20b?x=1&api_key=hunter2&my=hunter2&Token=hunter2#f"
    )
    assert host_of(whole) == "h:8443"
    assert target_of("https://h") == "/"
    assert target_of("https://h/a?b=c") == "/a?b=c"
    assert without_query(whole) == "https://h:8443/a%20b"
    assert redacted(whole, frozenset({"my"})) == (
        "https://h:8443/a%20b?x=1&api_key=[redacted]&my=[redacted]&Token=[redacted]"
    )


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("http://localhost:1", True),
        ("http://127.8.0.1", True),
        ("http://[::1]", True),
        ("http://127.evil.example.com", False),
        ("http://example.com", False),
        ("http://10.0.0.1", False),
    ],
)
def test_loopback(address: str, expected: bool) -> None:
    assert is_loopback(address) is expected
