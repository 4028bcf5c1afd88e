"""What callers of a package can name, give and get: the parts of its surface.

Everything has the Id of its place in the document. Types are annotations as they stand in
the package, with models as `m.Pet`; `doc` is a digest of the words that are said of a thing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument:
    """A parameter of a call or of the client; `default` is empty where it is required.

    `wire` is its name in the document and `place` where it travels, `position` its place
    among those that need no name (0: it needs one). `written` says how it is written there,
    where not as usual. `fallback` is what the document says that the service takes where
    nothing is sent.
    """

    id: str
    name: str
    wire: str
    type: str
    place: str = ""
    default: str = ""
    position: int = 0
    written: str = ""
    fallback: str = ""
    deprecated: bool = False
    doc: str = ""

    @property
    def required(self) -> bool:
        """Whether a call has to give it."""
        return not self.default


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """The body that an answer has which is raised, by its status."""

    id: str
    type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field of a record; `default` is what it is when nobody gives it, empty: required.

    `fallback` is the document's default, which is never sent unasked.
    """

    id: str
    name: str
    wire: str
    type: str
    default: str = ""
    fallback: str = ""
    read_only: bool = False
    write_only: bool = False
    deprecated: bool = False
    doc: str = ""

    @property
    def required(self) -> bool:
        """Whether whoever builds the record has to give it."""
        return not self.default

    @property
    def certain(self) -> bool:
        """Whether a record that was received has it."""
        return self.default not in ("None", "UNSET")


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A method of a resource: `call` is the attribute chain from a client.

    `sent` is what every call sends unasked, by place and name; `security` the alternatives
    of schemes, those that are taken together joined by `+`; `repeatable` the header that
    makes it safe to repeat. `headers` are those that answers declare, as fields of a class.
    `body` is the model whose members the call takes instead of it, `media` what the body is
    sent as, where that is not JSON.
    """

    id: str
    key: str
    call: str
    method: str
    path: str
    returns: str
    operation_id: str = ""
    arguments: tuple[Argument, ...] = ()
    body: str = ""
    media: str = ""
    failures: Mapping[str, Failure] = field(default_factory=dict[str, Failure])
    sent: Mapping[str, str] = field(default_factory=dict[str, str])
    security: tuple[str, ...] = ()
    headers_class: str = ""
    headers: tuple[Field, ...] = ()
    repeatable: str = ""
    deprecated: bool = False
    doc: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A class of models; `extra` is the type of undeclared properties where it has them."""

    id: str
    name: str
    module: str
    fields: tuple[Field, ...] = ()
    extra: str = ""
    deprecated: bool = False
    doc: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A value of an enumeration, `value` as a literal."""

    id: str
    name: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Enumeration:
    """An enumeration; `like` names the alias of what may stand for it, `kind` is its base."""

    id: str
    name: str
    module: str
    like: str
    kind: str
    members: tuple[Member, ...] = ()
    extensible: bool = False
    deprecated: bool = False
    doc: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Union:
    """The alias of a union; `tag` is the property that tells its values apart, if any."""

    id: str
    name: str
    module: str
    type: str
    tag: str = ""
    deprecated: bool = False
    doc: str = ""


Model: TypeAlias = Record | Enumeration | Union


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """How a client says who calls; `variables` are the environment variables it reads."""

    id: str
    name: str
    built: str
    variables: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """The client, and the package around it.

    `errors` is the type of the bodies of errors, over all calls; `exports` is what the
    package offers at its top, by name with the module that has it; `aliases` are names of old
    that still work (`pets.get`, `models.Pet`, `pets`), with the Ids of what they name.
    """

    name: str
    package: str
    distribution: str
    version: str
    environment: str
    server: str
    arguments: tuple[Argument, ...] = ()
    schemes: tuple[Scheme, ...] = ()
    requires_credential: bool = False
    connection_string: bool = False
    errors: str = "object"
    exports: Mapping[str, str] = field(default_factory=dict[str, str])
    aliases: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """What a module reads that the service sends on its own: `name` of `webhooks`.

    `wire` is what the document calls it, `type` what it is read as; `headers` as in `Call`.
    """

    id: str
    name: str
    wire: str
    type: str
    headers_class: str = ""
    headers: tuple[Field, ...] = ()
    deprecated: bool = False
    doc: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surface:
    """The whole of what callers see; calls by operationId, models and webhooks by name."""

    client: Client
    calls: Mapping[str, Call]
    models: Mapping[str, Model]
    webhooks: Mapping[str, Webhook] = field(default_factory=dict[str, Webhook])
