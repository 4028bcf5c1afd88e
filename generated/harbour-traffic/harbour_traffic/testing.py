"""What stands in for Harbour Traffic where programs are tested."""

from __future__ import annotations

from . import models as m
from ._client import AsyncHarbourTrafficClient, HarbourTrafficClient
from ._runtime.fake_answers import Answers
from ._runtime.fake_desk import UnexpectedCallError
from ._runtime.fake_pages import PageAnswers
from ._runtime.fake_requests import Asked
from ._runtime.fake_streams import StreamAnswers
from ._runtime.fakes import URL, AsyncClients, Clients, Fake, Resource, unsigned

__all__ = ["Asked", "FakeHarbourTraffic", "UnexpectedCallError"]


class _Ships(Resource):
    """The operations of `client.ships`."""

    find_ships: Answers[list[m.Ship], m.Refusal] = Answers()
    get_track: StreamAnswers[m.Position, m.Refusal] = StreamAnswers()
    list_ships: PageAnswers[m.Ship, list[m.Ship], m.Refusal] = PageAnswers()


class _Watch(Resource):
    """The operations of `client.watch`."""

    append_log: Answers[str, m.Refusal] = Answers()
    watch_traffic: StreamAnswers[m.Event, m.Refusal] = StreamAnswers()


class FakeHarbourTraffic(Fake):
    """Stands in for Harbour Traffic: answers calls as it is told to, and keeps what it
    was asked.

    Nothing is sent anywhere. `client(...)` takes what the client itself takes; what is
    not given is settled. An operation that nobody prepared answers by an example of the
    document; with `defaults=False` it raises UnexpectedCallError.
    """

    client = Clients(
        HarbourTrafficClient, base_url=URL, credential=unsigned("key", "keyInQuery")
    )
    async_client = AsyncClients(
        AsyncHarbourTrafficClient,
        base_url=URL,
        credential=unsigned("key", "keyInQuery"),
    )
    ships = _Ships()
    watch = _Watch()
