"""Credentials: where they come from, which one a call gets, and how each is written."""

from __future__ import annotations

import base64
import hashlib
import logging
from collections.abc import Callable, Mapping

import pytest
from _runtime.api_key import ApiKey
from _runtime.auth import (
    AnyCredential,
    Credential,
    OneCredential,
    Scheme,
    Security,
    required_schemes,
)
from _runtime.basic import Basic, BasicCredentials
from _runtime.bearer import Bearer
from _runtime.client import Client
from _runtime.credentials import (
    missing_credential,
    resolve_credentials,
    variable_names,
)
from _runtime.errors import ConfigurationError
from _runtime.hmac_sha256 import AccessKey, HmacSha256, parse_connection_string
from _runtime.request import Request
from tests.runtime.calls import API, KEY

BEARER_OR_KEY: dict[str, Scheme] = {"bearer": Bearer(), "accessKey": HmacSha256()}
TWO_KEYS: dict[str, Scheme] = {
    "appId": ApiKey(name="X-App-Id"),
    "appKey": ApiKey(name="X-App-Key"),
}
SECRET = "s3cret-token"
NOW = 784111777.0


def resolve(
    schemes: Mapping[str, Scheme],
    credential: AnyCredential | None = None,
    security: Security = (),
    **environment: str,
) -> Mapping[str, object]:
    return resolve_credentials(
        schemes, credential, prefix="PETS", security=security, environment=environment
    )


def ask() -> str:
    return SECRET


KEY_OBJECT = AccessKey(KEY)


@pytest.mark.parametrize(
    ("schemes", "credential", "name"),
    [
        (BEARER_OR_KEY, SECRET, "bearer"),
        (BEARER_OR_KEY, ask, "bearer"),
        (BEARER_OR_KEY, KEY_OBJECT, "accessKey"),
        ({"key": ApiKey(name="k")}, SECRET, "key"),
        ({"key": ApiKey(name="k")}, ask, "key"),
        ({"key": ApiKey(name="k"), "token": Bearer()}, SECRET, "token"),
        ({"login": Basic()}, BasicCredentials("a", "b"), "login"),
    ],
)
def test_a_credential_finds_its_scheme(
    schemes: Mapping[str, Scheme], credential: AnyCredential, name: str
) -> None:
    assert resolve(schemes, credential) == {name: credential}


def test_credentials_by_name() -> None:
    given: dict[str, OneCredential] = {"appId": "id", "appKey": ask}
    assert resolve(TWO_KEYS, given) == given


@pytest.mark.parametrize(
    ("schemes", "credential", "message"),
    [
        (TWO_KEYS, {"nope": SECRET}, "no scheme 'nope'; there are 'appId', 'appKey'"),
        (TWO_KEYS, {"appId": KEY_OBJECT}, "'appId' takes an API key.*not a AccessKey"),
        ({"login": Basic()}, SECRET, "BasicCredentials.*not a str"),
        ({"accessKey": HmacSha256()}, KEY, "must be an AccessKey, not a str"),
        ({}, SECRET, "must be None, not a str"),
    ],
)
def test_a_credential_without_a_scheme_is_refused(
    schemes: Mapping[str, Scheme], credential: AnyCredential, message: str
) -> None:
    with pytest.raises(ConfigurationError, match=message) as caught:
        resolve(schemes, credential)
    assert SECRET not in str(caught.value)
    assert KEY not in str(caught.value)


def test_schemes_that_are_needed_together_need_a_name_each() -> None:
    with pytest.raises(ConfigurationError, match=r"name the one.*'appId', 'appKey'"):
        resolve(TWO_KEYS, SECRET, security=(("appId", "appKey"),))


def test_one_credential_serves_all_alternatives_that_it_fits() -> None:
    schemes: dict[str, Scheme] = {"oauth": Bearer(), "oidc": Bearer()}
    security = (("oauth",), ("oidc",))
    both = {"oauth": SECRET, "oidc": SECRET}
    assert resolve(schemes, SECRET, security=security) == both
    found = resolve(TWO_KEYS, ask, security=(("appId",), ("appKey",)))
    assert found == {"appId": ask, "appKey": ask}


@pytest.mark.parametrize(
    ("security", "takes", "variables"),
    [
        (
            (("appId", "appKey"),),
            "a mapping with 'appId': an API key (a str, or a callable that returns one) "
            "and 'appKey': an API key (a str, or a callable that returns one)",
            "variables PETS_APP_ID_API_KEY and PETS_APP_KEY_API_KEY",
        ),
        (
            (("appId",), ("appKey",)),
            "an API key (a str, or a callable that returns one)",
            "variable PETS_APP_ID_API_KEY or PETS_APP_KEY_API_KEY",
        ),
        (
            (("token",), ("appId", "login")),
            "a bearer token (a str, or a callable that returns one) or a mapping with "
            "'appId': an API key (a str, or a callable that returns one) and 'login': "
            "BasicCredentials(username, password)",
            "variables PETS_TOKEN or PETS_APP_ID_API_KEY and PETS_USERNAME and "
            "PETS_PASSWORD",
        ),
    ],
)
def test_what_is_missing_is_needed_together_or_in_the_place_of_another(
    security: Security, takes: str, variables: str
) -> None:
    schemes: dict[str, Scheme] = {**TWO_KEYS, "token": Bearer(), "login": Basic()}
    assert str(missing_credential(schemes, security, "PETS")) == (
        f"a credential is missing: pass credential=, {takes}, "
        f"or set the environment {variables}"
    )


def test_a_credential_for_another_scheme_is_said_to_be_one() -> None:
    schemes: dict[str, Scheme] = {"key": ApiKey(name="X-Key"), "token": Bearer()}
    given = resolve(schemes, SECRET, (("key",), ("token",)))
    assert [*given] == ["token"]
    said = str(missing_credential(schemes, (("key",),), "PETS", given))
    assert said == (
        "the credential given is for 'token', and this operation needs another: pass by "
        "scheme, as credential={'key': an API key (a str, or a callable that returns one)}"
    )


def test_names_of_environment_variables() -> None:
    schemes: dict[str, Scheme] = {**TWO_KEYS, "token": Bearer(), "login": Basic()}
    assert {name: variable_names(schemes, name, "PETS") for name in schemes} == {
        "appId": [["PETS_APP_ID_API_KEY"]],
        "appKey": [["PETS_APP_KEY_API_KEY"]],
        "token": [["PETS_TOKEN"]],
        "login": [["PETS_USERNAME", "PETS_PASSWORD"]],
    }


def test_the_environment_by_scheme() -> None:
    schemes: dict[str, Scheme] = {
        **BEARER_OR_KEY,
        "key": ApiKey(name="k"),
        "login": Basic(),
    }
    found = resolve(
        schemes,
        PETS_TOKEN="t",
        PETS_ACCESS_KEY=KEY,
        PETS_API_KEY="k",
        PETS_USERNAME="u",
        PETS_PASSWORD="p",
    )
    assert list(found) == ["bearer", "accessKey", "key", "login"]
    assert (found["bearer"], found["key"]) == ("t", "k")
    key, login = found["accessKey"], found["login"]
    assert isinstance(key, AccessKey)
    assert key.secret == base64.b64decode(KEY)
    assert isinstance(login, BasicCredentials)
    assert (login.username, login.password) == ("u", "p")


def test_the_environment_of_several_schemes_of_one_kind() -> None:
    found = resolve(
        TWO_KEYS, PETS_APP_ID_API_KEY="i", PETS_APP_KEY_API_KEY="k", PETS_API_KEY="no"
    )
    assert found == {"appId": "i", "appKey": "k"}


def test_half_of_a_credential_is_none() -> None:
    assert resolve({"login": Basic()}, PETS_USERNAME="u", PETS_PASSWORD="") == {}


def test_a_given_credential_leaves_the_environment_alone() -> None:
    assert list(resolve(BEARER_OR_KEY, KEY_OBJECT, PETS_TOKEN="t")) == ["accessKey"]


@pytest.mark.parametrize(
    ("security", "available", "chosen"),
    [
        ((), ("a",), ()),
        (((),), (), ()),
        (((), ("a",)), ("a",), ("a",)),
        (((), ("a",)), (), ()),
        ((("a",), ("b",)), ("a", "b"), ("a",)),
        ((("a",), ("b",)), ("b",), ("b",)),
        ((("a", "b"), ("c",)), ("a", "c"), ("c",)),
        ((("a", "b"), ("c",)), ("a", "b", "c"), ("a", "b")),
        ((("a", "b"),), ("a",), None),
        ((("a",),), (), None),
    ],
)
def test_or_of_ands(
    security: tuple[tuple[str, ...], ...],
    available: tuple[str, ...],
    chosen: tuple[str, ...] | None,
) -> None:
    assert required_schemes(security, dict.fromkeys(available, SECRET)) == chosen


@pytest.mark.parametrize(
    "token", [f"{SECRET}\n", f" {SECRET}", f"{SECRET}\r\nX: y", f"{SECRET}\x00", ""]
)
@pytest.mark.parametrize("scheme", [Bearer(), ApiKey(name="k")])
def test_a_token_that_would_break_a_header_is_refused(
    scheme: Scheme, token: str
) -> None:
    with pytest.raises(ConfigurationError) as caught:
        resolve({"s": scheme}, token)
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize("key", ["", "   ", "not base64!", "YWJj=ZA", "äöü", "YWJ"])
def test_an_access_key_is_base64(key: str) -> None:
    with pytest.raises(ConfigurationError, match="access key") as caught:
        AccessKey(key)
    assert not key.strip() or key not in str(caught.value)
    assert caught.value.__cause__ is None


@pytest.mark.parametrize("arguments", [("a:b", "c"), ("a", "b\n"), ("a\x00", "b")])
def test_basic_credentials_that_rfc_7617_forbids(arguments: tuple[str, str]) -> None:
    with pytest.raises(ConfigurationError):
        BasicCredentials(*arguments)


@pytest.mark.parametrize(
    "credential", [AccessKey(KEY), BasicCredentials("user-name", SECRET)]
)
def test_credentials_show_nothing(credential: Credential) -> None:
    for text in (repr(credential), str(credential), f"{credential}"):
        assert text == f"{type(credential).__name__}([redacted])"


def test_bearer() -> None:
    request = Bearer().authenticate(
        Request(method="GET", url="http://h/"), SECRET, now=NOW
    )
    assert dict(request.headers) == {"authorization": f"Bearer {SECRET}"}


def test_basic() -> None:
    # The example of RFC 7617, section 2.1.
    secret = BasicCredentials("test", "123£")
    request = Basic().authenticate(
        Request(method="GET", url="http://h/"), secret, now=NOW
    )
    assert request.headers["authorization"] == "Basic dGVzdDoxMjPCow=="


@pytest.mark.parametrize("url", ["http://h/x", "http://h/x?a=1"])
def test_api_key(url: str) -> None:
    request = Request(method="GET", url=url).with_headers({"Cookie": "a=b"})
    key = "k/1 +"
    header = ApiKey(name="X-Key").authenticate(request, key, now=NOW)
    assert header.headers["x-key"] == key
    query = ApiKey(name="my key", location="query").authenticate(request, key, now=NOW)
    assert query.url == f"{url}{'&' if '?' in url else '?'}my%20key=k%2F1%20%2B"
    assert "k%2F1" not in repr(query)
    cookie = ApiKey(name="sid", location="cookie").authenticate(request, key, now=NOW)
    assert cookie.headers["cookie"] == "a=b; sid=k%2F1%20%2B"


def mac_of(key: bytes, text: bytes) -> bytes:
    """HMAC as RFC 2104, section 2, defines it: code that has nothing to do with ours."""
    padded = key.ljust(64, b"\0")
    inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in padded) + text).digest()
    return hashlib.sha256(bytes(byte ^ 0x5C for byte in padded) + inner).digest()


@pytest.mark.parametrize(
    ("url", "host", "target"),
    [
        ("https://r.communication.azure.com/a", "r.communication.azure.com", "/a"),
        (
            "https://r.example.com:8443/a/b%20c?x=%C3%A4&y",
            "r.example.com:8443",
            "/a/b%20c?x=%C3%A4&y",
        ),
        ("http://127.0.0.1:80", "127.0.0.1:80", "/"),
        ("http://[::1]:8080/?q=1", "[::1]:8080", "/?q=1"),
    ],
)
@pytest.mark.parametrize("content", [None, b"", b'{"a":"\xc3\xa4"}', b"\x00\xff"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_hmac_against_its_definition(
    url: str, host: str, target: str, content: bytes | None, method: str
) -> None:
    request = Request(method=method, url=url, content=content)
    signed = HmacSha256().authenticate(request, AccessKey(KEY), now=NOW)
    date = "Sun, 06 Nov 1994 08:49:37 GMT"
    body_hash = base64.b64encode(hashlib.sha256(content or b"").digest()).decode()
    text = f"{method}\n{target}\n{date};{host};{body_hash}"
    mac = mac_of(base64.b64decode(KEY), text.encode())
    assert dict(signed.headers) == {
        "x-ms-date": date,
        "x-ms-content-sha256": body_hash,
        "authorization": (
            "HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature="
            + base64.b64encode(mac).decode()
        ),
    }


def test_hmac_of_a_known_request() -> None:
    """Against values that OpenSSL gave for the same bytes."""
    url = "https://contoso.example.com/p?api-version=1"
    request = Request(method="POST", url=url, content=b"{}")
    signed = HmacSha256().authenticate(request, AccessKey("a2V5"), now=0.0)
    assert signed.headers["x-ms-content-sha256"] == (
        "RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o="
    )
    assert signed.headers["authorization"] == (
        "HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256"
        "&Signature=HxvD/9/jh9srQt2fe3GaL4j+soUvcFGWSCo2btQiBv4="
    )


@pytest.mark.parametrize(
    "text",
    [
        f"endpoint=https://r.example.com/;accesskey={KEY}",
        f"EndPoint=https://r.example.com;AccessKey={KEY};",
        f" accesskey={KEY} ; endpoint=https://r.example.com// ",
        f"endpoint=https://r.example.com/;accesskey={KEY};other=1",
    ],
)
def test_connection_strings(text: str) -> None:
    endpoint, key = parse_connection_string(text)
    assert endpoint == "https://r.example.com"
    assert key.secret == base64.b64decode(KEY)


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("", "endpoint"),
        (KEY, "endpoint"),
        (f"accesskey={KEY}", "endpoint"),
        ("endpoint=https://r.example.com", "accesskey"),
        ("endpoint=https://r.example.com;accesskey=", "accesskey"),
    ],
)
def test_connection_strings_of_another_form(text: str, missing: str) -> None:
    with pytest.raises(ConfigurationError, match=f"has no {missing}") as caught:
        parse_connection_string(text)
    assert KEY not in str(caught.value)


def test_a_missing_credential_is_said_when_the_client_is_made(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("PETS_TOKEN", raising=False)
    with pytest.raises(ConfigurationError) as caught:
        Client(API, base_url="https://h")
    assert str(caught.value) == (
        "a credential is missing: pass credential=, a bearer token (a str, or a callable "
        "that returns one) or an AccessKey, or set the environment variable PETS_TOKEN "
        "or PETS_ACCESS_KEY"
    )


def test_credentials_over_plain_http_are_warned_of(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.WARNING):
        Client(API, base_url="http://pets.example.com", credential=SECRET)
        Client(API, base_url="http://127.0.0.1:1", credential=SECRET)
        Client(API, base_url="http://localhost", credential=SECRET)
        Client(API, base_url="http://[::1]:1", credential=SECRET)
        Client(API, base_url="https://pets.example.com", credential=SECRET)
    assert caplog.messages == [
        "credentials are sent to http://pets.example.com unencrypted: use https"
    ]


def test_a_client_shows_no_secret() -> None:
    ways: list[Callable[[Client], str]] = [repr, str]
    for credential in (SECRET, AccessKey(KEY)):
        client = Client(API, base_url="https://h/p", credential=credential)
        for way in ways:
            assert SECRET not in way(client)
            assert KEY not in way(client)
            assert "https://h/p" in way(client)
