"""Reading and writing one payload, side by side in one process: `runtime_codec.py PLAN`.

With `--first` what the first answer takes the package, and nothing else.

Run by the Python that has the peers. The plan says where the packages are, and which
operation is meant; what comes out is JSON: for each way its seconds of CPU a time, and the
median over all rounds of its ratio to bare msgspec in the same round.
"""

from __future__ import annotations

import enum
import importlib
import json
import statistics
import sys
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from time import process_time
from typing import Any

import msgspec

ROUNDS = 41


@dataclass(frozen=True, slots=True)
class Way:
    """A way to read and to write."""

    read: Callable[[], object]
    write: Callable[[object], object]


def measured(ways: Mapping[str, Way], kind: str) -> dict[str, dict[str, float]]:
    """What each way takes, interleaved: in every round each has its turn."""
    tasks: dict[str, Callable[[], object]] = {}
    for name, way in ways.items():
        value = way.read()
        tasks[name] = way.read if kind == "read" else _bound(way.write, value)
    times = {name: max(1, round(0.004 / _once(task))) for name, task in tasks.items()}
    taken: dict[str, list[float]] = {name: [] for name in tasks}
    order = list(tasks)
    for number in range(ROUNDS):
        for name in order if number % 2 else reversed(order):
            start = process_time()
            for _ in range(times[name]):
                tasks[name]()
            taken[name].append((process_time() - start) / times[name])
    bare = taken["bare msgspec"]
    return {
        name: {
            "seconds": statistics.median(each),
            "ratio": statistics.median(a / b for a, b in zip(each, bare, strict=True)),
        }
        for name, each in taken.items()
    }


def _bound(write: Callable[[object], object], value: object) -> Callable[[], object]:
    return lambda: write(value)


def _once(task: Callable[[], object]) -> float:
    task()
    start = process_time()
    for _ in range(3):
        task()
    return max((process_time() - start) / 3, 1e-6)


class Plainly:
    """The types of a package as somebody would write them with msgspec, or pydantic, alone."""

    def __init__(self, *, pydantic: bool) -> None:
        self._pydantic = pydantic
        self._known: dict[object, Any] = {}

    def of(self, kind: Any) -> Any:
        """The plain type of a type; unions that msgspec can't tell apart are anything."""
        if kind in self._known:
            return self._known[kind]
        if hasattr(kind, "__calque_options__"):
            some = [self.of(each) for each in kind.__calque_options__()]
            return typing.Union[tuple(some)]  # noqa: UP007 - made at run time
        if isinstance(kind, type):
            return self._class(kind)
        origin, inner = typing.get_origin(kind), typing.get_args(kind)
        if origin is typing.Annotated:
            return self.of(inner[0])
        if origin in (typing.Union, types.UnionType):
            some = [self.of(each) for each in inner if each is not msgspec.UnsetType]
            return typing.Union[tuple(some)]  # noqa: UP007 - made at run time
        if origin is typing.Literal or origin is None:
            return kind
        return origin[tuple(self.of(each) for each in inner)]

    def models(self) -> list[Any]:
        """The models that were made."""
        return [m for m in self._known.values() if hasattr(m, "model_rebuild")]

    def _class(self, kind: Any) -> Any:
        if issubclass(kind, msgspec.Struct):
            return self._struct(kind)
        if issubclass(kind, enum.Enum):
            base = str if issubclass(kind, str) else int
            members = {each.name: each.value for each in kind}
            self._known[kind] = enum.Enum(kind.__name__, members, type=base)
            return self._known[kind]
        if hasattr(kind, "__calque_decode__"):
            plain = [
                b for b in kind.__mro__[1:] if b.__module__ in ("datetime", "uuid")
            ]
            return plain[0] if plain else Any
        return kind

    def _struct(self, kind: Any) -> Any:
        if hasattr(kind, "__calque_model__") and not msgspec.structs.fields(kind):
            return dict[str, Any]
        # By this name it is found where it is part of itself.
        name = f"{'Pydantic' if self._pydantic else 'Bare'}{kind.__name__}"
        self._known[kind] = typing.ForwardRef(name)
        fields = [
            (f.name, f.encode_name, self.of(f.type), f.required)
            for f in msgspec.structs.fields(kind)
            if not f.name.startswith("_")
        ]
        made = self._model(name, fields)
        globals()[name] = made
        self._known[kind] = made
        return made

    def _model(self, name: str, fields: list[tuple[str, str, Any, bool]]) -> Any:
        if self._pydantic:
            import pydantic

            given: dict[str, Any] = {
                n: (
                    t if required else typing.Optional[t],  # noqa: UP045 - at run time
                    pydantic.Field(... if required else None, alias=wire),
                )
                for n, wire, t, required in fields
            }
            config = pydantic.ConfigDict(populate_by_name=True, protected_namespaces=())
            return pydantic.create_model(
                name, __config__=config, __module__=__name__, **given
            )
        listed: list[Any] = [
            (n, t) if required else (n, typing.Optional[t], None)  # noqa: UP045
            for n, _, t, required in fields
        ]
        renamed = {n: wire for n, wire, _, _ in fields if n != wire}
        return msgspec.defstruct(
            name,
            listed,
            kw_only=True,
            omit_defaults=True,
            rename=renamed or None,
            module=__name__,
        )


def calque_way(plan: dict[str, str], payload: bytes) -> tuple[Way, Any]:
    """That of the package, as its clients read and write; and the type of the payload."""
    sys.path.insert(0, plan["calque"])
    package = plan["package"]
    codec = importlib.import_module(f"{package}._runtime.codec")
    module = importlib.import_module(f"{package}.resources.{plan['resource']}")
    start = process_time()
    kind = operation_type(module, plan["operation"])
    codec.decode_lenient(payload, kind)
    plan["first"] = str(process_time() - start)
    value, issues = codec.decode_lenient(payload, kind)
    plan["issues"] = str(len(issues))
    plan["alike"] = str(json.loads(codec.encode(value)) == json.loads(payload))
    return Way(lambda: codec.decode_lenient(payload, kind)[0], codec.encode), kind


def operation_type(module: types.ModuleType, id_: str) -> Any:
    """What an operation answers with 200."""
    for stated in vars(module).values():
        operation = getattr(stated, "operation", stated)
        if getattr(operation, "id", None) == id_:
            return operation.answers[200].type()
    raise SystemExit(f"no operation {id_}")


def bare_way(kind: Any, payload: bytes) -> Way:
    """msgspec with the same types and nothing around it."""
    decode = msgspec.json.Decoder(Plainly(pydantic=False).of(kind)).decode
    return Way(lambda: decode(payload), msgspec.json.Encoder().encode)


def pydantic_way(kind: Any, payload: bytes) -> Way:
    """pydantic v2 with models of the same fields."""
    import pydantic

    plainly = Plainly(pydantic=True)
    plain = plainly.of(kind)
    for made in plainly.models():
        made.model_rebuild(_types_namespace=globals())
    adapter = pydantic.TypeAdapter[Any](plain)
    return Way(
        lambda: adapter.validate_json(payload),
        lambda value: adapter.dump_json(value, by_alias=True, exclude_unset=True),
    )


def attrs_way(plan: dict[str, str], payload: bytes) -> Way:
    """The attrs models of openapi-python-client, as its functions read an answer."""
    sys.path.insert(0, plan["attrs"])
    module = importlib.import_module(attrs_module(plan))
    client = types.SimpleNamespace(raise_on_unexpected_status=True)

    def read() -> object:
        answer = types.SimpleNamespace(
            status_code=200, json=lambda: json.loads(payload), content=payload
        )
        return module._parse_response(client=client, response=answer)

    def write(value: Any) -> object:
        if hasattr(value, "to_dict"):
            return json.dumps(value.to_dict())
        return json.dumps([each.to_dict() for each in value])

    return Way(read, write)


def attrs_module(plan: Mapping[str, str]) -> str:
    """The module that openapi-python-client makes of the operation."""
    wanted = plan["snake"].replace("_", "")
    for file in (Path(plan["attrs"]) / "attrs_client/api").glob("*/*.py"):
        if file.stem.replace("_", "") == wanted:
            return f"attrs_client.api.{file.parent.name}.{file.stem}"
    raise LookupError("it has no such operation")


def main() -> None:
    """Prints what was measured."""
    plan: dict[str, str] = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    payload = Path(plan["payload"]).read_bytes()
    ways: dict[str, Way] = {}
    said: dict[str, str] = {}
    ways["calque"], kind = calque_way(plan, payload)
    if "--first" in sys.argv:
        print(plan["first"])
        return
    makers: dict[str, Callable[[], Way]] = {
        "bare msgspec": lambda: bare_way(kind, payload),
        "pydantic v2": lambda: pydantic_way(kind, payload),
        "openapi-python-client (attrs)": lambda: attrs_way(plan, payload),
    }
    for name, make in makers.items():
        try:
            way = make()
            way.write(way.read())
        except Exception as error:  # A peer that can't read it is told of.
            said[name] = f"{type(error).__name__}: {str(error).splitlines()[0][:150]}"
        else:
            ways[name] = way
    if "bare msgspec" not in ways:
        raise SystemExit(said["bare msgspec"])
    found = {kind_: measured(ways, kind_) for kind_ in ("read", "write")}
    told = {key: plan[key] for key in ("issues", "alike")}
    print(json.dumps({"found": found, "said": said, **told}))


if __name__ == "__main__":
    main()
