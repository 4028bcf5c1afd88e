"""Where credentials come from: the caller, or the environment; and what is said of none."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from typing import TypeGuard

from .auth import (
    AnyCredential,
    Credential,
    Credentials,
    OneCredential,
    Scheme,
    Schemes,
    Security,
    Signer,
)
from .environment import variable_name
from .errors import ConfigurationError


def resolve_credentials(
    schemes: Schemes,
    credential: AnyCredential | None,
    *,
    prefix: str,
    security: Security = (),
    environment: Mapping[str, str] = os.environ,
) -> Credentials:
    """The credentials of a client by scheme: what the caller gave, else the environment's.

    One that fits several schemes is for each of them, unless `security` demands some of
    them together. Raises ConfigurationError for one that fits no scheme, or that no
    request can carry.
    """
    found: Credentials
    if credential is None:
        found = _from_environment(schemes, prefix, environment)
    elif isinstance(credential, str | Credential) or callable(credential):
        names = _schemes_for(schemes, credential, security)
        found = dict.fromkeys(names, credential)
    elif _is_by_name(credential):
        found = _by_name(schemes, credential)
    else:
        raise _misfit(schemes, credential)
    for name, secret in found.items():
        if isinstance(secret, str | Credential) and not isinstance(secret, Signer):
            schemes[name].check(secret)
    return found


def missing_credential(
    schemes: Schemes, security: Security, prefix: str, given: Iterable[str] = ()
) -> ConfigurationError:
    """The error that says which credentials to give, and how.

    `given` are the schemes that the client has one for, none of which will do.
    """
    known = [names for names in security if names and schemes.keys() >= set(names)]
    if not known:
        return ConfigurationError(
            "this operation needs a credential of a kind that this package does not know: "
            "send it with headers={'Authorization': ...}"
        )
    if given:
        needed = " or ".join(_entries(schemes, names) for names in known)
        return ConfigurationError(
            f"the credential given is for {_listed(list(given))}, and this operation needs "
            f"another: pass by scheme, as credential={{{needed}}}"
        )
    takes = " or ".join(dict.fromkeys(_taken(schemes, names) for names in known))
    each = [_all_variables(schemes, names, prefix) for names in known]
    variables = [together for alternatives in each for together in alternatives]
    if not variables:
        return ConfigurationError(f"a credential is missing: pass credential=, {takes}")
    several = "s" if max(map(len, variables)) > 1 else ""
    listed = " or ".join(" and ".join(names) for names in variables)
    return ConfigurationError(
        f"a credential is missing: pass credential=, {takes}, "
        f"or set the environment variable{several} {listed}"
    )


def _all_variables(
    schemes: Schemes, names: Sequence[str], prefix: str
) -> list[list[str]]:
    """What to set for schemes that are taken together; alternatives of each."""
    each = [variable_names(schemes, name, prefix) for name in names]
    return [[v for part in parts for v in part] for parts in product(*each)]


def _taken(schemes: Schemes, names: Sequence[str]) -> str:
    """What a caller passes for schemes that are taken together."""
    if len(names) == 1:
        return schemes[names[0]].takes
    return f"a mapping with {_entries(schemes, names)}"


def _entries(schemes: Schemes, names: Sequence[str]) -> str:
    return " and ".join(f"{name!r}: {schemes[name].takes}" for name in names)


def variable_names(schemes: Schemes, name: str, prefix: str) -> list[list[str]]:
    """The environment variables that hold the credential of a scheme: alternatives.

    `PREFIX_KIND` if it is the only scheme of its kind, such as `ACME_TOKEN`; with several
    of one kind `PREFIX_SCHEME_KIND`, such as `ACME_APP_KEY_API_KEY` for the scheme
    `appKey`. KIND is TOKEN, API_KEY, ACCESS_KEY, or several variables together: USERNAME
    and PASSWORD, CLIENT_ID and CLIENT_SECRET.
    """
    own = schemes[name].variables
    alike = [other for other in schemes.values() if set(other.variables) & set(own)]
    words = [] if len(alike) == 1 else [name]
    return [[variable_name(prefix, *words, end) for end in ends] for ends in own]


def _from_environment(
    schemes: Schemes, prefix: str, environment: Mapping[str, str]
) -> dict[str, OneCredential]:
    found: dict[str, OneCredential] = {}
    for name, scheme in schemes.items():
        for names in variable_names(schemes, name, prefix):
            values = [environment.get(variable, "") for variable in names]
            if all(values):
                found.setdefault(name, scheme.from_values(values))
    return found


def _by_name(
    schemes: Schemes, given: Mapping[str, OneCredential]
) -> dict[str, OneCredential]:
    for name, credential in given.items():
        if name not in schemes:
            raise ConfigurationError(
                f"credential: there is no scheme {name!r}; there are {_listed(schemes)}"
            )
        if not _fits(schemes[name], credential):
            raise ConfigurationError(
                f"credential: scheme {name!r} takes {schemes[name].takes}, "
                f"not a {type(credential).__name__}"
            )
    return dict(given)


def _fits(scheme: Scheme, credential: OneCredential) -> bool:
    return isinstance(credential, Signer) or scheme.fits(credential)


def _is_by_name(credential: object) -> TypeGuard[Mapping[str, OneCredential]]:
    return isinstance(credential, Mapping)


def _misfit(schemes: Schemes, credential: object) -> ConfigurationError:
    takes = " or ".join(dict.fromkeys(each.takes for each in schemes.values()))
    return ConfigurationError(
        f"credential must be {takes or 'None'}, not a {type(credential).__name__}"
    )


def _schemes_for(
    schemes: Schemes, credential: OneCredential, security: Security
) -> list[str]:
    """The schemes that a credential is for, when the caller names none."""
    fitting = [name for name, scheme in schemes.items() if _fits(scheme, credential)]
    # A bare string is first of all a bearer token.
    names = [name for name in fitting if schemes[name].kind == "bearer"] or fitting
    if not names:
        raise _misfit(schemes, credential)
    if any(len(set(names) & set(together)) > 1 for together in security):
        raise ConfigurationError(
            "credential fits several schemes that are needed together: name the one it is "
            f"for, such as credential={{{names[0]!r}: ...}}; there are {_listed(names)}"
        )
    return names


def _listed(names: Mapping[str, object] | Sequence[str]) -> str:
    return ", ".join(repr(name) for name in names)
