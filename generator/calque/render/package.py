"""The package around the code: its exports, its project file and its README."""

from __future__ import annotations

import re
from dataclasses import dataclass

from calque.config import PEP_440, Config
from calque.model.api import Api, Content, Media
from calque.model.declarations import Enumeration, Record, Union
from calque.model.types import Null, any_of
from calque.naming import Names, class_of, like
from calque.naming.words import snake
from calque.render.aliases import models
from calque.render.annotations import Scope, annotation, anywhere
from calque.render.code import Code, Import, import_block
from calque.render.credentials import (
    SIGNING,
    credentials,
    environment_name,
    variables,
)
from calque.render.docstrings import docstring, markdown, plain, quotation
from calque.render.fakes import FakeCallView, fake_call
from calque.render.literals import literal, toml
from calque.render.readme import (
    CallView,
    call_view,
    downloaded_call,
    paged_call,
    polled_call,
    streamed_call,
    uploaded_call,
)
from calque.render.response_headers import MODULE, header_classes
from calque.render.servers import choices, server_variables
from calque.render.streaming import may_stream
from calque.render.webhooks import WebhookCallView, webhook_call

# What every package offers, by the module of the runtime that has it.
_RUNTIME = {
    "codec": ("decode", "encode", "to_builtins"),
    "errors": (
        "ApiConnectionError",
        "ApiError",
        "ApiTimeoutError",
        "BadRequestError",
        "ConfigurationError",
        "ConflictError",
        "DeadlineExceededError",
        "ForbiddenError",
        "NotFoundError",
        "PreconditionFailedError",
        "ResponseDecodeError",
        "ServerError",
        "StatusError",
        "TooManyRequestsError",
        "UnauthorizedError",
        "UnprocessableContentError",
    ),
    "headers": ("Headers",),
    "request": ("RawResponse", "Request"),
    "issue": ("DecodeError", "Issue"),
    "middleware": ("AsyncMiddleware", "CallInfo", "Middleware"),
    "models": ("UNSET", "UnsetType", "replace", "unknown_properties"),
    "network": ("ClientCertificate", "Network"),
    "options": ("RequestOptions", "Timeout"),
    "response": ("Response",),
}

_POLLING = {
    **dict.fromkeys(("AsyncPoller", "Poller"), "._runtime.poller"),
    **dict.fromkeys(("async_resume", "resume"), "._runtime.resuming"),
    **dict.fromkeys(
        (
            "OperationCanceledError",
            "OperationFailedError",
            "OperationState",
            "PollingError",
        ),
        "._runtime.long_running",
    ),
}

_WEBHOOK_ERRORS = ("SignatureError", "WebhookError", "WebhookPayloadError")

_DOWNLOAD = ("AsyncDownload", "Download", "async_download", "download")


@dataclass(frozen=True, slots=True)
class ExportView:
    """A name of the package and the module that has it."""

    name: str
    module: str


@dataclass(frozen=True, slots=True)
class ExportsView:
    """What an `__init__.py` offers: the imports, and where each name is."""

    docstring: str
    imports: str
    exports: tuple[ExportView, ...]
    names: tuple[str, ...]
    former: str


@dataclass(frozen=True, slots=True)
class SettingView:
    """An argument of the client and the environment variables that stand in for it."""

    argument: str
    variable: str


@dataclass(frozen=True, slots=True)
class PackageView:
    """The package as a project."""

    name: str
    distribution: str
    version: str
    toml_description: str
    description: str
    client: str
    settings: tuple[SettingView, ...]
    about: tuple[str, ...]
    call: CallView | None
    models: bool
    paged: str
    polled: str
    streamed: str
    uploaded: str
    downloaded: str
    webhook: WebhookCallView | None
    error_imports: str
    error_body: str
    testing: bool
    faked: FakeCallView | None


def package_view(api: Api, names: Names, version: str, *, testing: bool) -> PackageView:
    """The project of an API's package."""
    scope = anywhere(api, names)
    summary = plain(api.summary or api.title or names.distribution)
    body = error_body(api, scope)
    return PackageView(
        name=names.package,
        distribution=names.distribution,
        version=version,
        toml_description=toml(f"Python client of {api.title}"),
        description=quotation(api.doc or summary),
        client=names.client,
        settings=_settings(api, names),
        about=tuple(map(markdown, api.about)),
        call=call_view(api, names),
        models=any(isinstance(d, Record) for d in api.declarations),
        paged=paged_call(api, names),
        polled=polled_call(api, names),
        streamed=streamed_call(api, names),
        uploaded=uploaded_call(api, names),
        downloaded=downloaded_call(api, names),
        webhook=webhook_call(api, names),
        error_imports=import_block(body.imports),
        error_body=literal(body.text),
        testing=testing,
        faked=fake_call(api, names) if testing else None,
    )


def _settings(api: Api, names: Names) -> tuple[SettingView, ...]:
    """What a client takes from the environment, and from which variables."""
    server = {
        f"`{snake(v.name)}`": f"`{environment_name(names.environment, v.name)}`"
        for v in server_variables(api)
    }
    secrets = {
        f"`credential` for {markdown(served.name)}: {served.words}": " or ".join(
            f"`{variable}`".replace(" with ", "` with `")
            for variable in variables(api, served, names.environment)
        )
        for served in credentials(api)
    }
    if choices(api):
        server["`server`"] = f"`{names.environment}_SERVER`"
    return tuple(SettingView(*entry) for entry in (server | secrets).items())


def package_version(api: Api, config: Config) -> str:
    """The package's own version: as configured, else the document's if Python takes it."""
    if config.version is not None:
        return config.version
    return api.version if re.fullmatch(PEP_440, api.version) else "0.1.0"


def error_body(api: Api, scope: Scope) -> Code:
    """What the body of an error can be, over all operations."""
    types = [a.type for o in api.operations for a in o.errors if a.type != Null()]
    return annotation(any_of(*types), scope) if types else Code("object")


def package_exports(api: Api, names: Names) -> ExportsView:
    """What the package offers at its top."""
    where = {
        name: f"._runtime.{module}" for module, ns in _RUNTIME.items() for name in ns
    }
    where |= dict.fromkeys((names.client, f"Async{names.client}"), "._client")
    for served in credentials(api):
        imports = SIGNING | served.imports | served.offers
        where |= {i.name: i.module for i in imports}
    where |= dict.fromkeys(_contents(api), "._runtime.files")
    if any(isinstance(d, Union) and d.discriminator for d in api.declarations):
        where["UnknownVariant"] = "._runtime.unknown_variant"
    if any(operation.paging for operation in api.operations):
        where |= dict.fromkeys(("AsyncPager", "Pager"), "._runtime.pager")
        where |= dict.fromkeys(("Page", "PaginationError"), "._runtime.paging")
    if any(operation.polling for operation in api.operations):
        where |= _POLLING
    if any(map(may_stream, api.operations)):
        where |= dict.fromkeys(("AsyncStream", "Stream"), "._runtime.streaming")
    answers = (answer for o in api.operations for answer in o.successes)
    kinds = {offer.content for answer in answers for offer in answer.offers}
    if Content.BINARY in kinds:
        where |= dict.fromkeys(_DOWNLOAD, "._runtime.download")
    if Content.EVENTS in kinds:
        where["ServerSentEvent"] = "._runtime.server_sent_events"
    if api.webhooks:
        where |= dict.fromkeys(("Delivery", "Webhook"), "._runtime.webhooks")
        where |= dict.fromkeys(_WEBHOOK_ERRORS, "._runtime.webhook_errors")
    where |= dict.fromkeys(header_classes(api, names), f".{MODULE}")
    title = plain(api.title) or names.package
    return _exports(f"{title}.\n\nThe models are in `{names.package}.models`.", where)


def _contents(api: Api) -> list[str]:
    """The types of what is given for raw bytes, as far as an operation takes them."""
    kinds = {body.media for operation in api.operations for body in operation.bodies}
    raw = ["AsyncContent", "Content"] if Media.BINARY in kinds else []
    files = ["File", "FileContent"] if Media.MULTIPART in kinds else []
    return raw + files


def model_exports(api: Api, names: Names) -> ExportsView:
    """What the package of models offers: all of them, each from its module."""
    where: dict[str, str] = {}
    for declaration in api.declarations:
        module = f".{names.module_of[declaration.id]}"
        where[names[class_of(declaration.id)]] = module
        if isinstance(declaration, Enumeration):
            where[names[like(declaration.id)]] = module
    return _exports(
        "The models, each loaded when it is first used.", where, models(api, names)
    )


def _exports(
    words: str, where: dict[str, str], former: dict[str, str] | None = None
) -> ExportsView:
    aliases = former or {}
    imports = {Import(module, name) for name, module in where.items()}
    imports |= {Import(where[now], now, alias) for alias, now in aliases.items()}
    entries = ", ".join(f"{literal(k)}: {literal(v)}" for k, v in aliases.items())
    return ExportsView(
        docstring=docstring(words, 0),
        imports=import_block(imports),
        exports=tuple(ExportView(n, where[n][1:]) for n in sorted(where)),
        names=tuple(sorted({*where, *aliases})),
        former=f"{{{entries}}}" if aliases else "",
    )
