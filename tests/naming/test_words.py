"""How names of documents become identifiers."""

from __future__ import annotations

import keyword

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calque.naming.words import pascal, snake, upper, words


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("callbackUri", ["callback", "Uri"]),
        ("mediaStreamingURL2", ["media", "Streaming", "URL2"]),
        ("HTTPServer", ["HTTP", "Server"]),
        ("userIDs", ["user", "IDs"]),
        ("x-ms-date", ["x", "ms", "date"]),
        ("Server Calling", ["Server", "Calling"]),
        ("2nd_place", ["2nd", "place"]),
        ("GitHub v3", ["GitHub", "v3"]),
        ("gitHubOAuth2App", ["gitHub", "OAuth2", "App"]),
        ("OpenAPISpec", ["OpenAPI", "Spec"]),
        ("openIDs", ["open", "IDs"]),
        ("videoAuth", ["video", "Auth"]),
        ("IPv6Range", ["IPv6", "Range"]),
        ("iOSVersion", ["iOS", "Version"]),
        ("+1", ["plus", "1"]),
        ("-1", ["minus", "1"]),
        ("*", ["any"]),
        ("", ["empty"]),
        ("café", ["cafe"]),
        ("ﬁle", ["file"]),
        ("🚀", ["x1f680"]),
        ("日本", ["日本"]),
    ],
)
def test_a_name_falls_into_words(name: str, found: list[str]) -> None:
    assert [*words(name)] == found


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("callbackUri", "callback_uri"),
        ("Repeatability-Request-ID", "repeatability_request_id"),
        ("GitHub v3 REST API", "github_v3_rest_api"),
        ("class", "class_"),
        ("None", "none"),
        ("2nd", "n2nd"),
        ("__init__", "init"),
        ("$ref", "ref"),
    ],
)
def test_a_variable(name: str, expected: str) -> None:
    assert snake(name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("CallSource", "CallSource"),
        ("URLMap", "URLMap"),
        ("call source", "CallSource"),
        ("microsoft.graph.user", "MicrosoftGraphUser"),
        ("Foo_Bar", "FooBar"),
        ("GitHub v3 REST API", "GitHubV3RESTAPI"),
        ("gitHub user", "GitHubUser"),
        ("None", "None_"),
        ("3DModel", "N3DModel"),
    ],
)
def test_a_class(name: str, expected: str) -> None:
    assert pascal(name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("transferAccepted", "TRANSFER_ACCEPTED"),
        ("2xx", "VALUE_2XX"),
        ("-5", "MINUS_5"),
        ("audio/wav", "AUDIO_WAV"),
    ],
)
def test_a_constant(name: str, expected: str) -> None:
    assert upper(name) == expected


@given(st.text())
def test_every_text_has_identifiers(name: str) -> None:
    for identifier in (snake(name), pascal(name), upper(name)):
        assert identifier.isidentifier()
        assert not keyword.iskeyword(identifier)
        assert not identifier.startswith("_")
