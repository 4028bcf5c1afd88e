"""What stands in for Museum Archive where programs are tested."""

from __future__ import annotations

from . import models as m
from ._client import AsyncMuseumArchiveClient, MuseumArchiveClient
from ._runtime.fake_answers import Answers
from ._runtime.fake_desk import UnexpectedCallError
from ._runtime.fake_pages import PageAnswers
from ._runtime.fake_requests import Asked
from ._runtime.fakes import URL, AsyncClients, Clients, Fake, Resource, unsigned

__all__ = ["Asked", "FakeMuseumArchive", "UnexpectedCallError"]


class _Images(Resource):
    """The operations of `client.images`."""

    download_image: Answers[bytes, m.Problem] = Answers()
    list_images: Answers[list[m.Image], m.Problem] = Answers()
    upload_images: Answers[list[m.Image], m.Problem] = Answers()


class _Objects(Resource):
    """The operations of `client.objects`."""

    add_object: Answers[m.MuseumObject, m.Problem] = Answers()
    correct_object: Answers[m.MuseumObject, m.Problem] = Answers()
    get_object: Answers[m.MuseumObject, m.NotInArchive | m.Problem] = Answers()
    list_objects: PageAnswers[m.MuseumObject, m.ObjectPage, m.Problem] = PageAnswers()
    remove_object: Answers[None, m.Problem] = Answers()


class FakeMuseumArchive(Fake):
    """Stands in for Museum Archive: answers calls as it is told to, and keeps what it
    was asked.

    Nothing is sent anywhere. `client(...)` takes what the client itself takes; what is
    not given is settled. An operation that nobody prepared answers by an example of the
    document; with `defaults=False` it raises UnexpectedCallError.
    """

    client = Clients(MuseumArchiveClient, base_url=URL, credential=unsigned("curator"))
    async_client = AsyncClients(
        AsyncMuseumArchiveClient, base_url=URL, credential=unsigned("curator")
    )
    images = _Images()
    objects = _Objects()
