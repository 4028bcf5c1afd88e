"""Pages that the field `Link` of the answer leads to (RFC 8288)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .links import absolute
from .next_link import LinkedPages
from .paging import Position
from .prepare import Arguments
from .response import Response

# RFC 8288, section 3: `<target>; name=token; name="quoted"`.
_LINK = re.compile(r'<([^>]*)>((?:[^,"]|"(?:[^"\\]|\\.)*")*)')
_RELATION = re.compile(r';\s*rel\s*=\s*(?:"([^"]*)"|([^\s;,"]+))', re.IGNORECASE)


class LinkHeader(LinkedPages, frozen=True):
    """Pages that a link of the relation `next` leads to."""

    def after(
        self, response: Response[object], items: int, sent: Arguments
    ) -> Position | None:
        """See `Following`."""
        fields = response.headers.get_list("link")
        return absolute(next(_targets(", ".join(fields), "next"), None), response)


def _targets(field: str, relation: str) -> Iterator[str]:
    """The targets of the links of a relation; a link may have several."""
    for target, parameters in _LINK.findall(field):
        found = _RELATION.search(parameters)
        if found and relation in (found[1] or found[2] or "").lower().split():
            yield target
