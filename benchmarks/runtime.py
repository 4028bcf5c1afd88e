"""What packages cost those who use them: `python -m benchmarks.runtime [FILE:OPERATION ...]`.

Beside calque's: bare msgspec and httpx2, pydantic v2, and the packages that other generators
make of the same documents, all in one run. What is compared takes turns, and the median of
the ratios is shown: seconds of CPU, for those of the clock would measure what else goes on.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from pathlib import Path
from typing import cast

import yaml

from benchmarks.runtime_payload import Json, answer_of, arguments_of
from benchmarks.runtime_peers import BUILD, ROOT, Packages, interpreter, packages
from benchmarks.runtime_processes import print_processes
from calque.naming.words import snake

HARBOUR = f"{ROOT / 'spec/harbour-traffic/openapi.yaml'}:findShips"
ITEMS = 30
PROCESSES = 12


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
            print_processes(
                _plan(document, operation, found, BUILD / "payload.json"), found, python
            )
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
    text = json.dumps(answer_of(_read(document), operation, ITEMS))
    payload.write_text(text, "utf-8")
    plan = BUILD / "plan.json"
    plan.write_text(json.dumps(_plan(document, operation, found, payload)), "utf-8")
    script = str(ROOT / "benchmarks/runtime_codec.py")
    told = json.loads(_output([str(python), script, str(plan)]))
    command = [str(python), script, str(plan), "--first"]
    first = sorted(float(_output(command)) * 1000 for _ in range(PROCESSES))
    print(
        f"{len(text) / 1024:.0f} KB of JSON, of {ITEMS} items: read with "
        f"{told['issues']} issues, written {'alike' if told['alike'] == 'True' else 'otherwise'}. "
        f"The first time, with all that is imported for it, of {PROCESSES} processes: "
        f"{first[0]:.1f} ms at least, {statistics.median(first):.1f} the median.\n"
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


def _read(document: Path) -> dict[str, Json]:
    text = document.read_text("utf-8")
    read = json.loads if document.suffix == ".json" else yaml.safe_load
    return cast("dict[str, Json]", read(text))


def _figure(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.2f}"


def _plan(
    document: Path, operation: str, found: Packages, payload: Path
) -> dict[str, str]:
    lock = json.loads((found.calque / "calque.lock").read_text("utf-8"))
    call = lock["operations"][operation]["call"]
    return {
        "calque": str(found.calque),
        "package": lock["client"]["package"],
        "client": lock["client"]["name"],
        "resource": call.partition(".")[0],
        "call": call,
        "arguments": str(arguments_of(_read(document), operation)),
        "operation": operation,
        "snake": snake(operation),
        "attrs": str(found.attrs or ""),
        "payload": str(payload),
    }


def _output(command: list[str]) -> str:
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=ROOT
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    return done.stdout


if __name__ == "__main__":
    raise SystemExit(main())
