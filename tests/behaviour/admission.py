"""Which requests Azure Communication Services lets in, and why it turns others away.

All of it is written from the service's side, out of nothing but the standard library (and
jsonschema for the body): a signature here is computed by other code than the client's.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import hmac
import json
import re
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import formatdate, parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import yaml
from jsonschema import Draft202012Validator, ValidationError, validate
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012
from tests.behaviour.page import API_VERSION, PATH

SPEC = Path(__file__).parents[2] / "spec/acs-call-automation/openapi.yaml"

IMF_FIXDATE = re.compile(
    r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d "
    r"(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d GMT"
)
SIGNATURE = re.compile(
    r"HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=(\S+)"
)
WINDOW = timedelta(minutes=5)
"""How far a client's clock may be off (OASIS Repeatable Requests leaves it to the server)."""


@dataclass(frozen=True, slots=True)
class Received:
    """A request as it came over the wire."""

    method: str
    target: str
    """Path and query, as they stood in the request line."""
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def path(self) -> str:
        return self.target.partition("?")[0]

    @property
    def query(self) -> list[tuple[str, str]]:
        return parse_qsl(self.target.partition("?")[2], keep_blank_values=True)

    def header(self, name: str) -> str | None:
        """The header's value; None when it was not sent. One sent twice is an error."""
        values = [value for key, value in self.headers if key.lower() == name.lower()]
        if len(values) > 1:
            raise ValueError(f"{name} was sent {len(values)} times")
        return values[0] if values else None

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True, slots=True)
class Account:
    """What the service knows of a resource and of those who may use it."""

    authority: str
    access_key: bytes
    tokens: frozenset[str]


@dataclass(frozen=True, slots=True)
class Refusal:
    """An answer of the service's own, in place of the one the test wrote."""

    status: int
    code: str
    message: str

    @property
    def body(self) -> bytes:
        error = {"code": self.code, "message": self.message}
        return json.dumps({"error": error}).encode()


Check = Callable[[Received, Account, Sequence[Received]], Refusal | None]


def refusal(
    request: Received, account: Account, earlier: Sequence[Received]
) -> Refusal | None:
    """Why the service does not do as asked; None when it does.

    `earlier` are the requests that came before this one.
    """
    checks: tuple[Check, ...] = (_address, _credential, _content, _repeatability)
    try:
        found = (check(request, account, earlier) for check in checks)
        return next((each for each in found if each is not None), None)
    except ValueError as error:
        return Refusal(400, "BadRequest", str(error))


def _address(request: Received, account: Account, _: object) -> Refusal | None:
    if (request.method, request.path) != ("POST", PATH):
        return Refusal(404, "NotFound", f"{request.method} {request.target}")
    if request.header("host") != account.authority:
        return Refusal(421, "Misdirected", f"host is {request.header('host')}")
    if [v for k, v in request.query if k == "api-version"] != [API_VERSION]:
        return Refusal(400, "UnsupportedApiVersion", request.target)
    return None


def _credential(request: Received, account: Account, _: object) -> Refusal | None:
    authorization = request.header("authorization") or ""
    scheme, _space, token = authorization.partition(" ")
    if scheme.lower() == "bearer":
        known = token in account.tokens
        return None if known else Refusal(401, "Denied", "The token is not valid.")
    signature = SIGNATURE.fullmatch(authorization)
    if signature is None:
        return Refusal(401, "Denied", "There is no credential.")
    if not _is_recent(_date(request.header("x-ms-date"))):
        return Refusal(401, "Denied", "The request was signed too long ago.")
    if request.header("x-ms-content-sha256") != digest(request.body):
        return Refusal(401, "Denied", "The hash is not that of the body.")
    if not hmac.compare_digest(signature[1], sign(request, account)):
        return Refusal(401, "Denied", "The signature is not that of the request.")
    return None


def sign(request: Received, account: Account) -> str:
    """The signature that the request should carry."""
    signed = ";".join(
        (
            request.header("x-ms-date") or "",
            account.authority,
            request.header("x-ms-content-sha256") or "",
        )
    )
    text = f"{request.method}\n{request.target}\n{signed}"
    digest = hmac.new(account.access_key, text.encode("utf-8"), hashlib.sha256)
    return base64.b64encode(digest.digest()).decode("ascii")


def digest(body: bytes) -> str:
    return base64.b64encode(hashlib.sha256(body).digest()).decode("ascii")


def _content(request: Received, _account: Account, _: object) -> Refusal | None:
    if request.header("content-type") != "application/json":
        kind = request.header("content-type")
        return Refusal(415, "UnsupportedMediaType", f"content-type is {kind}")
    if "application/json" not in (request.header("accept") or "application/json"):
        return Refusal(406, "NotAcceptable", f"accept is {request.header('accept')}")
    try:
        validate(
            json.loads(request.body.decode("utf-8"), object_pairs_hook=_distinct),
            {"$ref": "urn:document#/components/schemas/CreateCallRequest"},
            cls=Draft202012Validator,
            registry=_registry(),
        )
    except ValidationError as error:
        return Refusal(400, "BadRequest", f"{error.json_path}: {error.message}")
    return None


def _distinct(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError(f"a member is there twice: {[key for key, _ in pairs]}")
    return members


@functools.cache
def _registry() -> Registry[Any]:
    document = yaml.safe_load(SPEC.read_text("utf-8"))
    for schema in document["components"]["schemas"].values():
        if schema.get("x-ms-enum", {}).get("modelAsString"):
            # The service may be newer than the document, and know more values.
            schema.pop("enum")
    resource: Resource[Any] = DRAFT202012.create_resource(document)
    registry: Registry[Any] = Registry[Any]().with_resource("urn:document", resource)
    return registry


def _repeatability(
    request: Received, _: Account, earlier: Sequence[Received]
) -> Refusal | None:
    identity = request.header("repeatability-request-id")
    first_sent = request.header("repeatability-first-sent")
    if identity is None and first_sent is None:
        return None
    if identity is None or first_sent is None:
        return Refusal(400, "BadRequest", "One repeatability header lacks the other.")
    if str(uuid.UUID(identity)) != identity or uuid.UUID(identity).version != 4:
        return Refusal(400, "BadRequest", f"{identity} is not a UUID of version 4.")
    for other in earlier:
        same = other.header("repeatability-request-id") == identity
        if same and (
            other.body != request.body
            or other.header("repeatability-first-sent") != first_sent
        ):
            return Refusal(400, "BadRequest", f"{identity} was another request's.")
    if not _is_recent(_date(first_sent)):
        return Refusal(412, "PreconditionFailed", "First sent outside the window.")
    return None


def _date(text: str | None) -> datetime:
    """The moment that an IMF-fixdate names (RFC 9110, section 5.6.7)."""
    if text is None or IMF_FIXDATE.fullmatch(text) is None:
        raise ValueError(f"{text!r} is not an IMF-fixdate")
    moment = parsedate_to_datetime(text)
    if formatdate(moment.timestamp(), usegmt=True) != text:
        raise ValueError(f"{text!r} is no day of the calendar")
    return moment


def _is_recent(moment: datetime) -> bool:
    return abs(datetime.now(UTC) - moment) <= WINDOW
