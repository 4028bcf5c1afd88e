"""The rules for the client and the package: how it is made, where it goes, as whom."""

from __future__ import annotations

from calque.comparison.conditions import documented, related, renamed
from calque.comparison.rule import (
    ADDS,
    BEHAVES,
    BREAKS,
    RUNS,
    TELLS,
    TYPES,
    Come,
    Kept,
    Lost,
    Rule,
    Rules,
    always,
)
from calque.comparison.world import At, Relation
from calque.surface import Argument, Client, Scheme


def _needs_url(client: Client) -> bool:
    """Whether a client has no URL of its own."""
    return any(argument.position for argument in client.arguments)


def _errors(old: Client, new: Client, at: At) -> bool:
    return at.world.relation(old.errors, new.errors) in (Relation.WIDER, Relation.OTHER)


def _values(old: Argument, new: Argument, at: At) -> Relation:
    """How the values compare that may be given; left out, it is None."""
    return at.values((old.type, "None"), (new.type, "None"))


CLIENT: Rules[Client] = Rules(
    lost=(),
    come=(),
    kept=(
        Kept(
            Rule(
                code="package-renamed",
                effects=BREAKS,
                means="The package is imported under another name.",
                adapt="Import it under its new name.",
            ),
            lambda old, new, _: old.package != new.package,
        ),
        Kept(
            Rule(
                code="client-renamed",
                effects=BREAKS,
                means="The client's class has another name.",
                adapt="Use it under its new name.",
            ),
            renamed,
        ),
        Kept(
            Rule(
                code="base-url-changed",
                effects=BEHAVES,
                means="The client goes to another URL, unless it is told where to go.",
                adapt="Give `base_url` to go on with the old one.",
            ),
            lambda old, new, _: old.server != new.server
            and not _needs_url(old)
            and not _needs_url(new),
        ),
        Kept(
            Rule(
                code="base-url-required",
                effects=RUNS,
                means="The client has no URL of its own any longer.",
                adapt="Give the client its URL.",
            ),
            lambda old, new, _: _needs_url(new) and not _needs_url(old),
        ),
        Kept(
            Rule(
                code="credential-required",
                effects=RUNS,
                means="A client can't be made without a credential any longer.",
                adapt="Give a credential, or set the environment variable of one.",
            ),
            lambda old, new, _: new.requires_credential and not old.requires_credential,
        ),
        Kept(
            Rule(
                code="connection-string-removed",
                effects=BREAKS,
                means="A client can't be made of a connection string any longer.",
                adapt="Give URL and credential instead.",
            ),
            lambda old, new, _: old.connection_string and not new.connection_string,
        ),
        Kept(
            Rule(
                code="environment-changed",
                effects=RUNS,
                means="The environment variables that a client reads have another prefix.",
                adapt="Set the variables under their new names.",
            ),
            lambda old, new, _: old.environment != new.environment,
        ),
        Kept(
            Rule(
                code="error-body-widened",
                effects=TYPES,
                means="`error` of a StatusError may be of types that it was not before.",
                adapt="Look at what it is with `isinstance` before using it.",
            ),
            _errors,
        ),
    ),
)

CLIENT_ARGUMENTS: Rules[Argument] = Rules(
    lost=(
        Lost(
            Rule(
                code="client-argument-removed",
                effects=BREAKS,
                means="The client no longer takes an argument.",
                adapt="Leave the argument out.",
            ),
            always,
        ),
    ),
    come=(
        Come(
            Rule(
                code="client-argument-added",
                effects=ADDS,
                means="The client takes an argument more, which may be left out.",
                adapt="Nothing has to be done.",
            ),
            always,
        ),
    ),
    kept=(
        Kept(
            Rule(
                code="client-argument-narrowed",
                effects=TYPES,
                means="Some values that an argument of the client could have are no longer "
                "of its type.",
                adapt="Give a value of the new type.",
            ),
            related(_values, Relation.NARROWER, Relation.OTHER),
        ),
        Kept(
            Rule(
                code="client-argument-widened",
                effects=ADDS,
                means="An argument of the client takes more values than it used to.",
                adapt="Nothing has to be done.",
            ),
            related(_values, Relation.WIDER),
        ),
        Kept(
            Rule(
                code="client-default-changed",
                effects=BEHAVES,
                means="A variable of the server's URL has another value unless it is given.",
                adapt="Give the old value to go on with it.",
            ),
            lambda old, new, _: old.fallback != new.fallback,
        ),
        Kept(
            Rule(
                code="client-argument-documented",
                effects=TELLS,
                means="Other words are said of an argument of the client.",
                adapt="Nothing has to be done.",
            ),
            documented,
        ),
    ),
)

SCHEMES: Rules[Scheme] = Rules(
    lost=(
        Lost(
            Rule(
                code="scheme-removed",
                effects=BEHAVES,
                means="The service no longer takes credentials of a kind: one that was "
                "given for it goes to another scheme that it fits, or to none.",
                adapt="Give a credential of another scheme.",
                silent=True,
            ),
            always,
        ),
    ),
    come=(
        Come(
            Rule(
                code="scheme-added",
                effects=ADDS,
                means="The service takes credentials of one kind more.",
                adapt="Nothing has to be done.",
            ),
            always,
        ),
    ),
    kept=(
        Kept(
            Rule(
                code="scheme-changed",
                effects=BEHAVES,
                means="The credential is sent in another way.",
                adapt="Check that it is one that the service takes that way.",
            ),
            lambda old, new, _: old.built != new.built,
        ),
        Kept(
            Rule(
                code="credential-variable-renamed",
                effects=RUNS,
                means="The credential is looked for in another environment variable.",
                adapt="Set the variable under its new name.",
            ),
            lambda old, new, at: old.variables != new.variables
            and at.world.old.client.environment == at.world.new.client.environment,
        ),
    ),
)

EXPORTS: Rules[str] = Rules(
    lost=(
        Lost(
            Rule(
                code="export-removed",
                effects=BREAKS,
                means="The package no longer offers a name at its top.",
                adapt="Do without it, or see what stands in its place.",
            ),
            always,
        ),
    ),
    come=(
        Come(
            Rule(
                code="export-added",
                effects=ADDS,
                means="The package offers one name more.",
                adapt="Nothing has to be done.",
            ),
            always,
        ),
    ),
    kept=(),
)
