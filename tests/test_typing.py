"""What type checkers say of programs that use a generated package: right ones, wrong ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.typed import MYPY, PYRIGHT, assert_typed

ROOT = Path(__file__).parents[1]

pytestmark = pytest.mark.tools

HEAD = """
import datetime as dt
import httpx2
from uuid import UUID
from acs_call_automation import (
    AccessKey, AsyncCallAutomationClient, CallAutomationClient, RequestOptions,
    Response, StatusError,
)
from acs_call_automation.models import (
    CallConnectionProperties, CallConnectionStateModel, CallSource,
    CommunicationErrorResponse, CommunicationIdentifierModel,
    CommunicationIdentifierModelKind,
)
someone = CommunicationIdentifierModel(raw_id="8:acs:a")
source = CallSource(identifier=someone)
client = CallAutomationClient("https://a.example", credential="token")
aclient = AsyncCallAutomationClient("https://a.example", credential="token")
create_call = client.server_calling.create_call
"""

RIGHT = [
    "call: CallConnectionProperties = create_call(callback_uri='a', source=source, targets=[someone])",
    "create_call(callback_uri='a', source=source, targets=[], options={'timeout': 3, 'max_retries': 0})",
    "create_call(callback_uri='a', source=source, targets=[], repeatability_request_id=UUID(int=1))",
    "create_call(callback_uri='a', source=source, targets=[], repeatability_first_sent=dt.datetime.now(dt.UTC))",
    "CommunicationIdentifierModel(kind='communicationUser')",
    "CommunicationIdentifierModel(kind=CommunicationIdentifierModelKind.PHONE_NUMBER)",
    "CommunicationIdentifierModel(kind='a value that the service may add')",
    "CallAutomationClient('https://a.example', credential=AccessKey('a2V5'))",
    "CallAutomationClient('https://a.example', credential=lambda: 'fresh')",
    "CallAutomationClient.from_connection_string('endpoint=https://a;accesskey=a2V5')",
    "CallAutomationClient('https://a', http_client=httpx2.Client())",
    "AsyncCallAutomationClient('https://a', http_client=httpx2.AsyncClient())",
    "options: RequestOptions = {'headers': {'a': 'b'}}",
    "def message(e: StatusError) -> str: return e.error.error.message if e.error else e.text",
    "response: Response[CallConnectionProperties] = client.with_response(create_call)(callback_uri='a', source=source, targets=[])",
    "async def f() -> CallConnectionProperties: return await aclient.server_calling.create_call(callback_uri='a', source=source, targets=[])",
    "async def g() -> Response[CallConnectionProperties]: return await aclient.with_response(aclient.server_calling.create_call)(callback_uri='a', source=source, targets=[])",
]

WRONG = [
    "create_call('a', source=source, targets=[])",
    "create_call(callback_uri='a', source=source)",
    "create_call(callback_uri=1, source=source, targets=[])",
    "create_call(callback_uri='a', source=source, targets=someone)",
    "create_call(callback_uri='a', source=source, targets=[], api_version='x')",
    "create_call(callback_uri='a', source=source, targets=[], options={'timout': 3})",
    "create_call(callback_uri='a', source=source, targets=[], repeatability_request_id='x')",
    "CallSource()",
    "CallSource(identifier='8:acs:a')",
    "CommunicationIdentifierModel(kind=3)",
    "CommunicationIdentifierModel('unknown')",
    "CallAutomationClient('https://a.example', credential=b'bytes')",
    "said: str = create_call(callback_uri='a', source=source, targets=[])",
    "client.with_response(create_call)(callback_uri='a', source=source)",
    "from acs_call_automation import NoSuchName",
    "from acs_call_automation.models import NoSuchModel",
    "def wrong(e: StatusError) -> str: return e.error.error.message",
    "def missing(c: CallConnectionProperties) -> str: return c.call_connection_id",
]


@pytest.mark.parametrize("command", [MYPY, PYRIGHT], ids=["mypy", "pyright"])
def test_type_checkers_pass_what_is_right_and_find_what_is_wrong(
    command: list[str], tmp_path: Path
) -> None:
    package = ROOT / "generated/acs-call-automation"
    assert_typed(command, tmp_path, package, HEAD, RIGHT, WRONG)
