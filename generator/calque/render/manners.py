"""The manners of calling an operation: what its method returns, and what carries it out.

Most operations are called, and answer. Of some the method gives something to iterate
over, and calls nothing itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from calque.model.api import Operation
from calque.model.arguments import arguments
from calque.model.both import at_once, streamed
from calque.model.types import Null, Type, any_of
from calque.render.annotations import Scope, annotation
from calque.render.code import Code, Import, runtime
from calque.render.paging import paging
from calque.render.polling import polling
from calque.render.streaming import framing, item, streams


@dataclass(frozen=True, slots=True, kw_only=True)
class Flavour:
    """One of the two kinds of methods: those that wait, those that are awaited."""

    prefix: str
    define: str
    wait: str

    @property
    def content(self) -> str:
        """What may be given for a body that is sent as it is."""
        return f"{self.prefix}Content"


# Under a name that no method can take, which would be meant in the class otherwise.
_RESUMABLE = frozenset(
    replace(each, alias="_resumable") for each in runtime("resuming", "resumable")
)

SYNC = Flavour(prefix="", define="def", wait="")
ASYNC = Flavour(prefix="Async", define="async def", wait="await ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How a method calls its operation.

    `class_` states the operation, with the type `stated`; `settings` are what it states
    beside the usual. `opens` is the call in the body up to its arguments, of which
    `leading` are the first. `returned` is what the docstring says of the result. `sides`
    are the two manners of what answers at once or, where that is asked for, with a stream.
    `mark` is what the method is decorated with.
    """

    class_: str
    stated: Code
    define: str
    returns: Code
    returned: str
    opens: str
    leading: tuple[str, ...]
    settings: Mapping[str, Code] = field(default_factory=dict[str, Code])
    sides: tuple[Manner, ...] = ()
    mark: Code = field(default_factory=lambda: Code(""))


def answer_type(operation: Operation) -> Type:
    """What a call that worked returns."""
    types = [answer.type for answer in operation.successes]
    return any_of(*types) if types else Null()


def manner(operation: Operation, there: Scope, flavour: Flavour) -> Manner:
    """How the method of an operation calls it."""
    told = there.to_callers
    constant = f"_{there.names[operation.id].upper()}"
    if operation.polling is not None:
        return _polled(operation, told, flavour, constant)
    if operation.paging is not None:
        return _paged(operation, told, flavour, constant)
    if streams(operation):
        return _streamed(operation, there, flavour, constant)
    if operation.switch:
        return _either(operation, there, flavour, constant)
    stated = annotation(answer_type(operation), told.unshadowed)
    returns = annotation(answer_type(operation), told)
    gives = "" if returns.text == "None" else "return "
    return Manner(
        class_="Operation",
        stated=Code("Operation[", runtime("operation", "Operation")) + stated + "]",
        define=flavour.define,
        returns=returns,
        returned=returns.text,
        opens=f"{gives}{flavour.wait}self._caller.call",
        leading=(constant,),
    )


def returned(operation: Operation, scope: Scope) -> str:
    """What the method of a synchronous client returns."""
    return manner(operation, scope, SYNC).returns.text


def _paged(
    operation: Operation, told: Scope, flavour: Flavour, constant: str
) -> Manner:
    assert operation.paging is not None
    plain = told.unshadowed
    types = operation.paging.item, answer_type(operation)
    stated, returned_ = (
        Code.join(", ", (annotation(type_, scope) for type_ in types))
        for scope in (plain, told)
    )
    pager = f"{flavour.prefix}Pager"
    head = Code("PagedOperation[", runtime("paging", "PagedOperation"))
    returns = Code(f"{pager}[", runtime("pager", pager)) + returned_ + "]"
    return Manner(
        class_="PagedOperation",
        stated=head + stated + "]",
        define="def",
        returns=returns,
        returned="items",
        opens=f"return {pager}",
        leading=("self._caller", constant),
        settings=paging(operation, operation.paging, plain),
    )


def _polled(
    operation: Operation, told: Scope, flavour: Flavour, constant: str
) -> Manner:
    assert operation.polling is not None
    plain = told.unshadowed
    type_ = operation.polling.type
    poller = f"{flavour.prefix}Poller"
    head = runtime("long_running", "LongRunningOperation")
    returns = Code(f"{poller}[", runtime("poller", poller))
    return Manner(
        class_="LongRunningOperation",
        stated=Code("LongRunningOperation[", head) + annotation(type_, plain) + "]",
        define=flavour.define,
        returns=returns + annotation(type_, told) + "]",
        returned="poller",
        opens=f"return {flavour.wait}{poller}.begun",
        leading=("self._caller", constant),
        settings=polling(operation.polling, plain),
        mark=Code(f"_resumable({constant})", _RESUMABLE),
    )


def _streamed(
    operation: Operation, there: Scope, flavour: Flavour, constant: str
) -> Manner:
    scope = there.unshadowed
    stream = f"{flavour.prefix}Stream"
    head = Code("StreamOperation[", runtime("stream_state", "StreamOperation"))
    returns = Code(f"{stream}[", runtime("streaming", stream))
    return Manner(
        class_="StreamOperation",
        stated=head + item(operation, scope.to_callers) + "]",
        define="def",
        returns=returns + item(operation, there.to_callers) + "]",
        returned="items",
        opens=f"return {stream}",
        leading=("self._caller", constant),
        settings={"framing": framing(operation, scope)},
    )


def _either(
    operation: Operation, there: Scope, flavour: Flavour, constant: str
) -> Manner:
    """One method for the answer at once and for the stream; an argument says which."""
    whole = manner(at_once(operation), there, flavour)
    stream = _streamed(streamed(operation), there, flavour, constant)
    function = f"{flavour.prefix.lower()}{'_' if flavour.prefix else ''}either"
    awaited = whole.returns
    # What the document says is taken when nothing is given.
    asked = arguments(operation, there.declarations)
    default = next(a.default for a in asked if a.id == operation.switch)
    said = "is not False" if default is True else "is True"
    if flavour is ASYNC:
        imported = frozenset({Import("collections.abc", "Awaitable")})
        awaited = Code("Awaitable[", imported) + awaited + "]"
    switch = there.names[operation.switch]
    return replace(
        whole,
        define="def",
        returns=awaited
        + " | "
        + stream.returns
        + Code("", runtime("either", function)),
        returned=f"{whole.returns.text} | {stream.returns.text}",
        opens=f"return {function}",
        leading=("self._caller", constant, f"{constant}_STREAMED", f"{switch} {said}"),
        sides=(whole, stream),
    )
