"""Every style in every location, with the values of the specification's own tables.

OpenAPI 3.1.1, section 4.8.12.4 "Style Values" and 4.8.12.5 "Style Examples"; what those
leave open, such as empty values, by RFC 6570, sections 3.2.2 to 3.2.9. `n/a` there means
that the combination is not defined: calque then writes what is next to it.
"""

from __future__ import annotations

from calque.document.node import Json
from tests.wire.cell import (
    ARRAY,
    MAP,
    NOTHING,
    RECORD,
    REFUSED,
    STRING,
    Cell,
    Location,
    Record,
)

BLUE = "blue"
COLORS = ["blue", "black", "brown"]
RGB = {"R": 100, "G": 200, "B": 150}
RECORDED = Record(100, 200, 150)


def _cells(
    location: Location,
    style: str,
    explode: bool,
    *,
    empty: str,
    string: str,
    array: str,
    object_: str,
    no_items: str = NOTHING,
) -> tuple[Cell, ...]:
    """A row of the table of style examples."""
    row: tuple[tuple[dict[str, Json], object, str], ...] = (
        (STRING, "", empty),
        (STRING, BLUE, string),
        (ARRAY, COLORS, array),
        (ARRAY, [], no_items),
        (ARRAY, [BLUE], string),
        (MAP, RGB, object_),
        (MAP, {}, no_items),
        (RECORD, RECORDED, object_),
    )
    return tuple(
        Cell(
            location=location,
            style=style,
            explode=explode,
            schema=schema,
            value=value,
            wire=wire,
        )
        for schema, value, wire in row
    )


PATH = (
    *_cells(
        "path",
        "simple",
        False,
        empty=REFUSED,
        string="blue",
        array="blue,black,brown",
        object_="R,100,G,200,B,150",
        no_items=REFUSED,
    ),
    *_cells(
        "path",
        "simple",
        True,
        empty=REFUSED,
        string="blue",
        array="blue,black,brown",
        object_="R=100,G=200,B=150",
        no_items=REFUSED,
    ),
    *_cells(
        "path",
        "label",
        False,
        empty=".",
        string=".blue",
        array=".blue,black,brown",
        object_=".R,100,G,200,B,150",
        no_items=REFUSED,
    ),
    *_cells(
        "path",
        "label",
        True,
        empty=".",
        string=".blue",
        array=".blue.black.brown",
        object_=".R=100.G=200.B=150",
        no_items=REFUSED,
    ),
    *_cells(
        "path",
        "matrix",
        False,
        empty=";color",
        string=";color=blue",
        array=";color=blue,black,brown",
        object_=";color=R,100,G,200,B,150",
        no_items=REFUSED,
    ),
    *_cells(
        "path",
        "matrix",
        True,
        empty=";color",
        string=";color=blue",
        array=";color=blue;color=black;color=brown",
        object_=";R=100;G=200;B=150",
        no_items=REFUSED,
    ),
)

QUERY = (
    *_cells(
        "query",
        "form",
        False,
        empty="color=",
        string="color=blue",
        array="color=blue,black,brown",
        object_="color=R,100,G,200,B,150",
    ),
    *_cells(
        "query",
        "form",
        True,
        empty="color=",
        string="color=blue",
        array="color=blue&color=black&color=brown",
        object_="R=100&G=200&B=150",
    ),
    *_cells(
        "query",
        "spaceDelimited",
        False,
        empty="color=",
        string="color=blue",
        array="color=blue%20black%20brown",
        object_="color=R%20100%20G%20200%20B%20150",
    ),
    *_cells(
        "query",
        "spaceDelimited",
        True,
        empty="color=",
        string="color=blue",
        array="color=blue&color=black&color=brown",
        object_="R=100&G=200&B=150",
    ),
    *_cells(
        "query",
        "pipeDelimited",
        False,
        empty="color=",
        string="color=blue",
        array="color=blue%7Cblack%7Cbrown",
        object_="color=R%7C100%7CG%7C200%7CB%7C150",
    ),
    *_cells(
        "query",
        "pipeDelimited",
        True,
        empty="color=",
        string="color=blue",
        array="color=blue&color=black&color=brown",
        object_="R=100&G=200&B=150",
    ),
    *_cells(
        "query",
        "deepObject",
        True,
        empty="color=",
        string="color=blue",
        array="color=blue&color=black&color=brown",
        object_="color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150",
    ),
    *_cells(
        "query",
        "deepObject",
        False,
        empty="color=",
        string="color=blue",
        array="color=blue&color=black&color=brown",
        object_="color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150",
    ),
)

HEADER = (
    *_cells(
        "header",
        "simple",
        False,
        empty="",
        string="blue",
        array="blue,black,brown",
        object_="R,100,G,200,B,150",
    ),
    *_cells(
        "header",
        "simple",
        True,
        empty="",
        string="blue",
        array="blue,black,brown",
        object_="R=100,G=200,B=150",
    ),
)

COOKIE = (
    *_cells(
        "cookie",
        "form",
        False,
        empty="color=",
        string="color=blue",
        array="color=blue,black,brown",
        object_="color=R,100,G,200,B,150",
    ),
    *_cells(
        "cookie",
        "form",
        True,
        empty="color=",
        string="color=blue",
        array="color=blue; color=black; color=brown",
        object_="R=100; G=200; B=150",
    ),
    *_cells(
        "cookie",
        "cookie",
        False,
        empty="color=",
        string="color=blue",
        array="color=blue,black,brown",
        object_="color=R,100,G,200,B,150",
    ),
    *_cells(
        "cookie",
        "cookie",
        True,
        empty="color=",
        string="color=blue",
        array="color=blue; color=black; color=brown",
        object_="R=100; G=200; B=150",
    ),
)

STYLES = (*PATH, *QUERY, *HEADER, *COOKIE)
