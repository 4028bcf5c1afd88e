"""What whole processes take that use a package: CPU over Python alone, and peak memory.

They import a package, read one answer, or make a first call: over loopback, to a service that
answers with the payload. What is compared takes turns; ratios are medians over rounds.
"""

from __future__ import annotations

import math
import os
import re
import statistics
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from benchmarks.runtime_calls import served
from benchmarks.runtime_codec import attrs_module
from benchmarks.runtime_peers import BUILD, Packages

RUNS = 5
_LONG = 2.0
"""Seconds beyond which once is enough."""
_PEAK = (
    "\nprint(next(of.split()[1] for of in open('/proc/self/status') if 'VmHWM' in of))"
)
"""Ends a program: in kB. What the parent is told would include the parent itself."""


class Task(NamedTuple):
    """What a process does: a program, and the folder that it imports from."""

    name: str
    program: str
    folder: Path | None = None


class Cost(NamedTuple):
    """What a process took: seconds of CPU, and MB at most; NaN where it failed."""

    seconds: float
    megabytes: float


def print_processes(plan: Mapping[str, str], found: Packages, python: Path) -> None:
    """Prints the tables of a document: of imports, and of first calls."""
    payload = (BUILD / "payload.json").read_text("utf-8")
    tables = {"a process that imports": list(_imports(plan, found))}
    with served(payload) as url:
        tables["a process that makes a first call"] = list(_calls(plan, found, url))
        for title, tasks in tables.items():
            _print(title, tasks, python)


def _print(title: str, tasks: list[Task], python: Path) -> None:
    print(f"\n| {title} | CPU ms | of the first's | peak MB |")
    print("|---|---|---|---|")
    alone: list[Cost] = []
    costs: dict[str, list[Cost]] = {task.name: [] for task in tasks}
    for _ in range(RUNS):
        alone.append(_cost(python, Task("", "pass")))
        for task in tasks:
            before = costs[task.name]
            if not before or before[0].seconds < _LONG:
                before.append(_cost(python, task))
    base = costs[tasks[0].name]
    for name, each in costs.items():
        over = [c.seconds - a.seconds for c, a in zip(each, alone, strict=False)]
        of = [b.seconds - a.seconds for b, a in zip(base, alone, strict=True)]
        ratio = statistics.median(o / b for o, b in zip(over, of, strict=False))
        if any(math.isnan(cost.seconds) for cost in each):
            print(f"| {name} | fails | | |")
            continue
        memory = statistics.median(c.megabytes for c in each)
        seconds = statistics.median(over) * 1000
        print(f"| {name} | {seconds:.0f} | {ratio:.2f} | {memory:.0f} |")
    memory = statistics.median(c.megabytes for c in alone)
    print(f"| (Python alone) | | | {memory:.0f} |", flush=True)


def _imports(plan: Mapping[str, str], found: Packages) -> Iterator[Task]:
    package, client = plan["package"], plan["client"]
    yield Task("httpx2 and msgspec", "import httpx2, msgspec")
    yield Task("calque's package", f"import {package}", found.calque)
    program = f"from {package} import {client}"
    yield Task("its client", program, found.calque)
    sending = f"{program}; import httpcore2"
    yield Task("its client, and what sends", sending, found.calque)
    first = (
        f"from {package}._runtime.codec import decode_lenient\n"
        f"from {package}.resources import {plan['resource']} as r\n"
        f"of = {plan['operation']!r}\n"
        "stated = [getattr(v, 'operation', v) for v in vars(r).values()]\n"
        "(o,) = {id(s): s for s in stated if getattr(s, 'id', None) == of}.values()\n"
        f"decode_lenient(open({str(BUILD / 'payload.json')!r}, 'rb').read(), "
        "o.answers[200].type())"
    )
    yield Task("its models, to read one answer", first, found.calque)
    if found.attrs:
        yield Task(
            "openapi-python-client's client",
            "from attrs_client import Client",
            found.attrs,
        )
        one = f"import {attrs_module(plan)}"
        yield Task("openapi-python-client's operation", one, found.attrs)
    if found.generator:
        yield Task("OpenAPI Generator's", "import openapi_client", found.generator)


def _calls(plan: Mapping[str, str], found: Packages, url: str) -> Iterator[Task]:
    """A client, and one call of it; what it gives has to be there."""
    given = ", ".join(["'a'"] * int(plan["arguments"]))
    yield Task(
        "httpx2 and msgspec, without types",
        "import httpx2, msgspec\n"
        f"with httpx2.Client() as c: answer = c.get({url!r})\n"
        "assert msgspec.json.decode(answer.raise_for_status().content)",
    )
    yield Task(
        "calque's",
        f"from {plan['package']} import {plan['client']}\n"
        f"with {plan['client']}(base_url={url!r}, "
        "headers={'Authorization': 'Bearer t'}) as c:\n"
        f"    value = c.{plan['call']}({given})\n"
        "    assert next(iter(value)) if hasattr(value, '__iter__') else value",
        found.calque,
    )
    if found.attrs:
        yield Task(
            "openapi-python-client's (attrs)",
            f"from attrs_client import Client\nimport {attrs_module(plan)} as o\n"
            f"with Client(base_url={url!r}) as c: "
            f"answer = o.sync_detailed({f'{given}, ' if given else ''}client=c)\n"
            "assert answer.status_code == 200 and answer.content",
            found.attrs,
        )
    if found.generator and (made := _generators(plan, found.generator)):
        yield Task(
            "OpenAPI Generator's (pydantic v2)",
            "import openapi_client as o\n"
            f"with o.ApiClient(o.Configuration(host={url!r}, access_token='t')) as c: "
            f"assert o.{made}(c).{plan['snake']}({given})",
            found.generator,
        )


def _generators(plan: Mapping[str, str], folder: Path) -> str | None:
    """The class of OpenAPI Generator's that has the operation."""
    for file in (folder / "openapi_client/api").glob("*.py"):
        text = file.read_text("utf-8")
        if f"def {plan['snake']}(" in text:
            found = re.search(r"^class (\w+)", text, re.MULTILINE)
            return found[1] if found else None
    return None


def _cost(python: Path, task: Task) -> Cost:
    process = subprocess.Popen(
        [str(python), "-c", task.program + _PEAK],
        cwd=task.folder or BUILD,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert process.stdout is not None
    with process.stdout:
        told = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        return Cost(float("nan"), float("nan"))
    return Cost(used.ru_utime + used.ru_stime, int(told) / 1024)
