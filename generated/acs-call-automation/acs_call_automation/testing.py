"""What stands in for Call Automation where programs are tested."""

from __future__ import annotations

from . import models as m
from ._client import AsyncCallAutomationClient, CallAutomationClient
from ._runtime.fake_answers import Answers
from ._runtime.fake_desk import UnexpectedCallError
from ._runtime.fake_requests import Asked
from ._runtime.fakes import URL, AsyncClients, Clients, Fake, Resource, unsigned

__all__ = ["Asked", "FakeCallAutomation", "UnexpectedCallError"]


class _ServerCalling(Resource):
    """The operations of `client.server_calling`."""

    create_call: Answers[m.CallConnectionProperties, m.CommunicationErrorResponse] = (
        Answers()
    )


class FakeCallAutomation(Fake):
    """Stands in for Call Automation: answers calls as it is told to, and keeps what it
    was asked.

    Nothing is sent anywhere. `client(...)` takes what the client itself takes; what is
    not given is settled. An operation that nobody prepared answers by an example of the
    document; with `defaults=False` it raises UnexpectedCallError.
    """

    client = Clients(
        CallAutomationClient, endpoint=URL, credential=unsigned("bearer", "accessKey")
    )
    async_client = AsyncClients(
        AsyncCallAutomationClient,
        endpoint=URL,
        credential=unsigned("bearer", "accessKey"),
    )
    server_calling = _ServerCalling()
