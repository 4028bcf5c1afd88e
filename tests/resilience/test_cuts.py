"""An answer that is cut, at every byte of it: an error, or what is right of what came."""

from __future__ import annotations

import json
from types import ModuleType

import pytest

from tests.resilience.answers import BODIES, FRAMINGS, Framing, framed
from tests.resilience.vault import FORMS, Form, Vault
from tests.runtime.calls import KINDS, Kind
from tests.runtime.loopback import Answer, Asked, Server

CONNECTION, DECODE = "ApiConnectionError", "ResponseDecodeError"


def right(form: Form, body: bytes) -> object:
    """What a body is read as, or the error if it cannot be."""
    match form:
        case "note":
            return body.decode()
        case "file" | "download":
            return body
        case "entry":
            return _names([body])[0] if body else None
        case "lines":
            names = _names([line for line in body.splitlines() if line])
            return DECODE if DECODE in names else names
        case "events":
            events = body.split(b"\n\n")[:-1]
            return _names([event.removeprefix(b"data: ") for event in events])


def _names(texts: list[bytes]) -> list[str]:
    try:
        return [json.loads(text)["name"] for text in texts]
    except ValueError:
        return [DECODE]


def expected(form: Form, framing: Framing, cut: int) -> object:
    """What comes of an answer of which only so many bytes are sent.

    One that ends with the connection may end anywhere: nobody can tell that it was cut.
    """
    head, body = framed(form, framing)
    if cut < len(head):
        return CONNECTION
    if framing == "close":
        return right(form, body[: cut - len(head)])
    return right(form, BODIES[form]) if cut == len(head + body) else CONNECTION


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("framing", FRAMINGS)
def test_at_every_byte(
    package: ModuleType, kind: Kind, form: Form, framing: Framing
) -> None:
    data = b"".join(framed(form, framing))

    def cut(_asked: Asked, number: int) -> Answer:
        return Answer(data[:number], close=framing == "close" or number < len(data))

    with Server(script=cut) as server, Vault(package, kind, server.url) as vault:
        found = [vault.outcome(form) for _ in range(len(data) + 1)]
        vault.assert_nothing_leaks(server)
    assert found == [expected(form, framing, cut) for cut in range(len(data) + 1)]


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("form", ["entry", "note", "file"])
def test_what_is_tried_again_is_right_wherever_the_first_was_cut(
    package: ModuleType, kind: Kind, form: Form
) -> None:
    data = b"".join(framed(form, "chunks"))

    def cut(_asked: Asked, number: int) -> Answer:
        if number % 2:
            return Answer(data)
        return Answer(data[: number // 2], close=True)

    with (
        Server(script=cut) as server,
        Vault(package, kind, server.url, max_retries=1) as vault,
    ):
        found = [vault.outcome(form) for _ in range(len(data))]
        vault.assert_nothing_leaks(server)
    assert found == [right(form, BODIES[form])] * len(data)
    assert len(server.asked) == 2 * len(data)
