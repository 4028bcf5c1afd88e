"""What packages cost those who use them: `python -m benchmarks.runtime [FILE:OPERATION ...]`.

Beside calque's: bare msgspec and httpx2, pydantic v2, and the packages that other generators
make of the same documents, all in one run. What is compared takes turns, and the median of
the ratios is shown: seconds of CPU, for those of the clock would measure what else goes on.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import yaml

from benchmarks.runtime_codec import attrs_module
from benchmarks.runtime_payload import Json, answer_of
from benchmarks.runtime_peers import BUILD, ROOT, Packages, interpreter, packages
from calque.naming.words import snake

HARBOUR = f"{ROOT / 'spec/harbour-traffic/openapi.yaml'}:findShips"
ITEMS, RUNS = 30, 7


def main() -> int:
    """Prints the tables."""
    python = interpreter(say)
    print("## A call, over httpx2 alone\n")
    _calls()
    for given in sys.argv[1:] or [HARBOUR]:
        name, _, operation = given.rpartition(":")
        document = Path(name)
        print(f"\n## {document.stem}, `{operation}`\n")
        found = packages(document, python, say)
        if python is not None:
            _codec(document, operation, found, python)
            _imports(operation, found, python)
    return 0


def say(words: str) -> None:
    """Says what goes on, or what can't be had."""
    print(f"- {words}", flush=True)


def _calls() -> None:
    script = ["-m", "benchmarks.runtime_calls"]
    told = json.loads(_output([sys.executable, *script]))
    print("| | httpx2 and msgspec, µs | calque, µs | median of the ratios |")
    print("|---|---|---|---|")
    for kind, each in told.items():
        bare, calque = each["bare"] * 1e6, each["calque"] * 1e6
        print(f"| {kind} | {bare:.0f} | {calque:.0f} | {each['ratio']:.2f} |")


def _codec(document: Path, operation: str, found: Packages, python: Path) -> None:
    payload = BUILD / "payload.json"
    data = cast("dict[str, Json]", yaml.safe_load(document.read_text("utf-8")))
    text = json.dumps(answer_of(data, operation, ITEMS))
    payload.write_text(text, "utf-8")
    plan = BUILD / "plan.json"
    plan.write_text(json.dumps(_plan(operation, found, payload)), "utf-8")
    script = str(ROOT / "benchmarks/runtime_codec.py")
    told = json.loads(_output([str(python), script, str(plan)]))
    print(
        f"{len(text) / 1024:.0f} KB of JSON, of {ITEMS} items: read with "
        f"{told['issues']} issues, written {'alike' if told['alike'] == 'True' else 'otherwise'}. "
        f"The first time, with all that is imported for it: {float(told['first']) * 1000:.1f} ms.\n"
    )
    for name, wrong in told["said"].items():
        say(f"{name} does not read it: {wrong}")
    print("| | reads, µs | of msgspec's | writes, µs | of msgspec's |")
    print("|---|---|---|---|---|")
    for name, read in told["found"]["read"].items():
        write = told["found"]["write"][name]
        cells = [read["seconds"] * 1e6, read["ratio"]]
        cells += [write["seconds"] * 1e6, write["ratio"]]
        print(f"| {name} | {' | '.join(_figure(cell) for cell in cells)} |")


def _figure(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.2f}"


def _plan(operation: str, found: Packages, payload: Path) -> dict[str, str]:
    lock = json.loads((found.calque / "calque.lock").read_text("utf-8"))
    call = lock["operations"][operation]["call"]
    return {
        "calque": str(found.calque),
        "package": lock["client"]["package"],
        "client": lock["client"]["name"],
        "resource": call.partition(".")[0],
        "operation": operation,
        "snake": snake(operation),
        "attrs": str(found.attrs or ""),
        "payload": str(payload),
    }


def _imports(operation: str, found: Packages, python: Path) -> None:
    """What whole processes take that import a package, and make its client."""
    print("\n| a process that | CPU ms | of httpx2 and msgspec's |")
    print("|---|---|---|")
    plan = _plan(operation, found, Path())
    tasks = dict(_tasks(plan, found))
    costs: dict[str, list[tuple[float, float]]] = {name: [] for name in tasks}
    nothing: list[float] = []
    for _ in range(RUNS):
        nothing.append(_cost(python, "pass", None)[0])
        for name, (program, folder) in tasks.items():
            costs[name].append(_cost(python, program, folder))
    base = costs["imports httpx2 and msgspec"]
    for name, each in costs.items():
        ratios = [
            (c - n) / (b - n)
            for (c, _), (b, _), n in zip(each, base, nothing, strict=True)
        ]
        seconds = statistics.median(
            c - n for (c, _), n in zip(each, nothing, strict=True)
        )
        ratio = statistics.median(ratios)
        print(f"| {name} | {seconds * 1000:.0f} | {ratio:.2f} |")


def _tasks(
    plan: dict[str, str], found: Packages
) -> Iterator[tuple[str, tuple[str, Path | None]]]:
    """What is done by each process: a program, and the folder to import from."""
    yield "imports httpx2 and msgspec", ("import httpx2, msgspec", None)
    package, client = plan["package"], plan["client"]
    yield "imports calque's package", (f"import {package}", found.calque)
    yield (
        "imports the client of calque's",
        (f"from {package} import {client}; import httpx2", found.calque),
    )
    first = (
        f"from {package}._runtime.codec import decode_lenient\n"
        f"from {package}.resources import {plan['resource']} as r\n"
        f"of = {plan['operation']!r}\n"
        "stated = [getattr(v, 'operation', v) for v in vars(r).values()]\n"
        "(o,) = {id(s): s for s in stated if getattr(s, 'id', None) == of}.values()\n"
        f"decode_lenient(open({str(BUILD / 'payload.json')!r}, 'rb').read(), "
        "o.answers[200].type())"
    )
    yield "reads one answer with calque's", (first, found.calque)
    if found.attrs:
        yield "imports the client of openapi-python-client's", (
            "from attrs_client import Client",
            found.attrs,
        )
        yield (
            "imports one operation of openapi-python-client's",
            (f"import {attrs_module(plan)}", found.attrs),
        )
    if found.generator:
        yield "imports OpenAPI Generator's", ("import openapi_client", found.generator)


def _cost(python: Path, program: str, folder: Path | None) -> tuple[float, float]:
    """Seconds of CPU and peak MB of a process."""
    process = subprocess.Popen(
        [str(python), "-c", program], cwd=folder or BUILD, stderr=subprocess.DEVNULL
    )
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        return float("nan"), float("nan")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def _output(command: list[str]) -> str:
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=ROOT
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    return done.stdout


if __name__ == "__main__":
    raise SystemExit(main())
