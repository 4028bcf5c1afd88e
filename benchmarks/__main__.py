"""Measures whole runs: `python -m benchmarks [DOCUMENT ...] [--corpus FOLDER] [--peers]`.

Each run is a process of its own, into a new folder. What is shown are medians, of the
seconds of CPU (user and system, of all processes that a run starts) and of the peak of
memory; seconds of the clock would measure what else the machine does. Peers are other
generators, each in an environment of its own, in the same run; none validates.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

from benchmarks.measure import Cost, cost
from benchmarks.peers import PEERS, Emitted, Peer, calques, emitted

ROOT = Path(__file__).parents[1]
CREATE_CALL = ROOT / "spec/acs-call-automation/openapi.yaml"

# What is measured of a folder of documents, as far as it is there.
CORPUS = (
    "stripe.com.json",
    "github.com/api.github.com.json",
    "kubernetes.io.json",
    "amazonaws.com/ec2.json",
    "microsoft.com/graph.json",
)
_METHODS = {"get", "put", "post", "delete", "options", "head", "patch", "trace"}


def main() -> int:
    """Prints a line of a table for each document and generator; 1 where calque failed."""
    arguments = _arguments()
    documents = [Path(name) for name in arguments.documents]
    if arguments.corpus:
        there = (arguments.corpus / name for name in CORPUS)
        documents += [CREATE_CALL, *(path for path in there if path.is_file())]
    print(
        f"Load of the machine: {os.getloadavg()[0]:.1f}, processors: {os.cpu_count()}"
    )
    print()
    print(
        "| document | operations | generator | runs | CPU seconds | peak MB | emitted |"
    )
    print("|---|---|---|---|---|---|---|")
    failed = False
    for document in documents or [CREATE_CALL]:
        failed |= _calque(document, arguments.runs)
        for peer in PEERS if arguments.peers else ():
            _peer(document, peer, arguments.peer_runs)
    return int(failed)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("documents", nargs="*", help="OpenAPI documents")
    parser.add_argument("--corpus", type=Path, help="a folder of documents in JSON")
    parser.add_argument("--runs", type=int, default=5, help="for each document")
    parser.add_argument("--peers", action="store_true", help="other generators, too")
    parser.add_argument("--peer-runs", type=int, default=5, help="of each of them")
    return parser.parse_args()


def _calque(document: Path, runs: int) -> bool:
    """Measures calque, into new folders and again into the same; whether it failed."""
    program = [sys.executable, "-m", "calque", "generate", str(document), "--quiet"]
    warm: list[Cost] = []

    def again(folder: Path) -> None:
        warm.append(cost([*program, "-o", str(folder)], _cache(folder)))

    def command(folder: Path) -> list[str]:
        return [*program, "-o", str(folder)]

    cold, found = _runs(command, calques, runs, again)
    _print(document, "calque", cold, found)
    _print(document, "calque, nothing changed", warm, None)
    return any(each.failed for each in cold)


def _peer(document: Path, peer: Peer, runs: int) -> None:
    if not peer.installed():
        print(f"| {document.name} | | {peer.name} | 0 | not installed | | |")
        return
    costs, found = _runs(lambda f: peer.run(document, f), peer.operations, runs)
    _print(document, peer.name, costs, found)


def _runs(
    command: Callable[[Path], list[str]],
    operations: Callable[[Path], int] | None,
    runs: int,
    again: Callable[[Path], None] = lambda _: None,
) -> tuple[list[Cost], Emitted | None]:
    """The costs of some runs, and what came of the last one."""
    costs: list[Cost] = []
    found = None
    for folder in _folders(runs):
        costs.append(cost(command(folder), _cache(folder)))
        found = emitted(folder, operations)
        again(folder)
    return costs, found


def _cache(folder: Path) -> Path:
    """A cache of the user that knows of no other run than those into a folder."""
    return folder.parent / "cache"


def _folders(number: int) -> Iterator[Path]:
    for _ in range(number):
        with TemporaryDirectory() as folder:
            (Path(folder) / "package").mkdir()
            yield Path(folder) / "package"


def _print(
    document: Path, generator: str, costs: list[Cost], found: Emitted | None
) -> None:
    seconds = statistics.median(each.seconds for each in costs)
    memory = statistics.median(each.memory for each in costs)
    failed = ", failed" if any(each.failed for each in costs) else ""
    cells = (
        *(document.name, str(_operations(document)), generator, str(len(costs))),
        *(f"{seconds:.2f}{failed}", f"{memory:.0f}", _said(found) if found else ""),
    )
    print(f"| {' | '.join(cells)} |", flush=True)


def _said(found: Emitted) -> str:
    """What a run emitted, in words."""
    words = [f"{found.size / 1e6:.1f} MB of Python"]
    if found.operations is not None:
        words.insert(0, f"{found.operations:,} operations")
        each = found.size / 1000 / found.operations if found.operations else 0
        words.append(f"{each:.1f} kB an operation")
    if found.broken:
        words.append(f"{found.broken} files that do not parse")
    return ", ".join(words)


def _operations(document: Path) -> int:
    text = document.read_text("utf-8")
    read = json.loads if document.suffix == ".json" else yaml.safe_load
    paths = read(text)["paths"]
    return sum(len(_METHODS & item.keys()) for item in paths.values())


if __name__ == "__main__":
    raise SystemExit(main())
