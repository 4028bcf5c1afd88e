"""Clients: the connections that they hold, who closes those, and who may share a client."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

import httpx2
import pytest
import trio
from acs_call_automation import (
    AsyncCallAutomationClient,
    CallAutomationClient,
    StatusError,
)
from tests.behaviour import page
from tests.behaviour.driver import Driver, least
from tests.behaviour.service import TOKEN, Hang, Reply, Service, created, soon


def test_the_client_says_who_it_is(driver: Driver, service: Service) -> None:
    driver.connect(service.connection_string).create_call()
    agent = service.requests[0].header("user-agent") or ""
    assert agent.startswith("acs-call-automation/")
    assert " python/3." in agent


def test_an_endpoint_may_end_in_a_slash(driver: Driver, service: Service) -> None:
    driver.client(f"{service.endpoint}/", credential=TOKEN).create_call()
    assert service.requests[0].path == page.PATH


def test_calls_share_a_connection(driver: Driver, service: Service) -> None:
    session = driver.connect(service.connection_string)
    for _ in range(3):
        session.create_call()
    assert len(service.requests) == 3
    assert service.connections == 1


def test_closing_ends_the_connection(driver: Driver, service: Service) -> None:
    session = driver.connect(service.connection_string)
    session.create_call()
    session.close()
    assert service.wait_until_idle()


def test_leaving_the_context_closes(driver: Driver, service: Service) -> None:
    with driver.connect(service.connection_string) as session:
        session.create_call()
    assert service.wait_until_idle()


def test_a_closed_client_calls_no_more(driver: Driver, service: Service) -> None:
    session = driver.connect(service.connection_string)
    session.create_call()
    session.close()
    with pytest.raises(RuntimeError, match="closed"):
        session.create_call()
    assert len(service.requests) == 1


def test_a_client_may_be_closed_twice(driver: Driver, service: Service) -> None:
    session = driver.connect(service.connection_string)
    session.close()
    session.close()


def test_ones_own_http_client_is_used_and_left_open(service: Service) -> None:
    with httpx2.Client(headers={"X-Mine": "yes"}) as mine:
        with CallAutomationClient.from_connection_string(
            service.connection_string, http_client=mine
        ) as client:
            client.server_calling.create_call(**least())
        assert not mine.is_closed
    assert service.requests[0].header("x-mine") == "yes"


def test_ones_own_async_http_client_is_used_and_left_open(service: Service) -> None:
    async def place() -> None:
        async with httpx2.AsyncClient(headers={"X-Mine": "yes"}) as mine:
            async with AsyncCallAutomationClient.from_connection_string(
                service.connection_string, http_client=mine
            ) as client:
                await client.server_calling.create_call(**least())
            assert not mine.is_closed

    asyncio.run(place())
    assert service.requests[0].header("x-mine") == "yes"


def test_trio_will_do(service: Service) -> None:
    async def place() -> str | None:
        async with AsyncCallAutomationClient.from_connection_string(
            service.connection_string
        ) as client:
            call = await client.server_calling.create_call(**least())
            return call.call_connection_id

    service.answers(soon(503), created())
    assert trio.run(place) == page.answer()["callConnectionId"]
    assert len(service.requests) == 2


def test_calls_at_once_do_not_mix(service: Service) -> None:
    async def place(client: AsyncCallAutomationClient, text: str) -> str | None:
        response = await client.with_response(client.server_calling.create_call)(
            **least(), operation_context=text
        )
        return response.request_id

    async def place_all() -> list[str | None]:
        async with AsyncCallAutomationClient.from_connection_string(
            service.connection_string
        ) as client:
            return await asyncio.gather(*(place(client, text) for text in texts))

    texts = [str(number) for number in range(20)]
    service.echoes_operation_context()
    assert asyncio.run(place_all()) == texts


def test_threads_may_share_a_client(service: Service) -> None:
    def place(text: str) -> str | None:
        return client.with_response(client.server_calling.create_call)(
            **least(), operation_context=text
        ).request_id

    texts = [str(number) for number in range(20)]
    service.echoes_operation_context()
    with (
        CallAutomationClient.from_connection_string(
            service.connection_string
        ) as client,
        ThreadPoolExecutor(8) as pool,
    ):
        assert list(pool.map(place, texts)) == texts


def test_an_idle_connection_may_end(driver: Driver, service: Service) -> None:
    session = driver.connect(service.connection_string, max_retries=0)
    session.create_call()
    service.drop_connections()
    session.create_call()
    assert service.connections == 2


def test_cookies_are_not_kept(driver: Driver, service: Service) -> None:
    service.answers(created().having(Set_Cookie="session=1; Path=/"))
    session = driver.connect(service.connection_string)
    session.create_call()
    session.create_call()
    assert service.sent("cookie") == [None, None]


def test_ones_own_client_follows_no_redirect_either(service: Service) -> None:
    service.answers(Reply(307, headers={"Location": "http://127.0.0.1:9/stolen"}))
    with (
        httpx2.Client(follow_redirects=True) as mine,
        CallAutomationClient(
            service.endpoint, credential=TOKEN, http_client=mine
        ) as client,
        pytest.raises(StatusError) as caught,
    ):
        client.server_calling.create_call(**least())
    assert caught.value.status == 307


def test_a_call_that_is_cancelled_harms_no_other(service: Service) -> None:
    async def place() -> str | None:
        async with AsyncCallAutomationClient(
            service.endpoint, credential=TOKEN
        ) as client:
            hanging = asyncio.create_task(client.server_calling.create_call(**least()))
            while not service.requests:
                await asyncio.sleep(0.01)
            hanging.cancel()
            with pytest.raises(asyncio.CancelledError):
                await hanging
            call = await client.server_calling.create_call(**least())
            return call.call_connection_id

    service.answers(Hang(), created())
    assert asyncio.run(place()) == page.answer()["callConnectionId"]
    assert len(service.requests) == 2
