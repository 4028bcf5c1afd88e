"""Every rule of the comparison does to a caller's program what it claims.

Type checkers and Python are the oracle: each program is checked and run with the old
package and with the new one.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from calque.comparison import Effect, Report, Rule
from calque.comparison.rules import ALL
from tests.comparison.proof import HERE, PROOFS, SIDES, Proof, read, reports, surfaces

MYPY = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary"]
PYRIGHT = [sys.executable, "-m", "basedpyright", "--pythonpath", sys.executable]
STRICT = {
    "typeCheckingMode": "strict",
    "reportUnusedImport": False,
    "reportUnusedCallResult": False,
    # What is deprecated goes on working.
    "reportDeprecated": False,
}


def about(change_of: str, proof: Proof) -> bool:
    """Whether a change of the package of all fragments is one of this proof's."""
    names = rf"client\.{proof.tag}\.|m\.{proof.prefix}(?![a-z])"
    return re.match(names, change_of) is not None


def codes(proof: Proof, found: dict[str, Report], longer: list[Proof]) -> set[str]:
    """The codes of the changes of a proof."""
    if proof.whole:
        return {change.rule.code for change in found[f"shown_{proof.tag}"].changes}
    return {
        change.rule.code
        for change in found["shown"].changes
        if about(change.subject, proof)
        and not any(about(change.subject, other) for other in longer)
    }


def test_every_rule_has_a_proof_and_a_code_of_its_own() -> None:
    proven = [code for path in PROOFS for code, _ in read(path).programs()]
    assert sorted(proven) == sorted({rule.code for rule in ALL})
    assert len(ALL) == len({rule.code for rule in ALL})


@pytest.mark.once
def test_each_pair_of_documents_has_the_changes_that_it_says(tmp_path: Path) -> None:
    proofs = [read(path) for path in PROOFS]
    old, new = (surfaces(proofs, side, tmp_path / side) for side in SIDES)
    found = reports(old, new)
    said = {
        proof.name: codes(proof, found, [p for p in proofs if proof.prefix < p.prefix])
        for proof in proofs
    }
    assert said == {
        proof.name: {code for code, _ in proof.programs()} | proof.also
        for proof in proofs
    }


@pytest.mark.once
def test_nothing_changes_where_nothing_changes(tmp_path: Path) -> None:
    proofs = [read(path) for path in PROOFS]
    old = surfaces(proofs, "old", tmp_path)
    assert [r.changes for r in reports(old, old).values()] == [()] * len(old)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a program: who complains of its types, what it raised, sent and gave."""

    complaints: frozenset[str]
    raised: str | None
    seen: str


def program_of(rule: Rule) -> str:
    """The module of the program about a rule."""
    return f"program_{rule.code.replace('-', '_')}"


def prepare(folder: Path) -> None:
    """Generates the packages of both sides, with the programs beside them."""
    proofs = [read(path) for path in PROOFS]
    answers = {
        proof.name: json.loads(proof.named(proof.sections["answer"]))
        for proof in proofs
        if "answer" in proof.sections
    }
    for side in SIDES:
        surfaces(proofs, side, folder / side)
        (folder / side / "answers.json").write_text(json.dumps(answers), "utf-8")
        for proof in proofs:
            for code, text in proof.programs():
                file = folder / side / f"program_{code.replace('-', '_')}.py"
                file.write_text(text, "utf-8")


def output(command: list[str], folder: Path, **environment: str) -> str:
    """What a command prints."""
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert not done.stderr, done.stderr
    return done.stdout


def mypy(folder: Path, side: str, programs: list[str]) -> set[str]:
    """The programs of a side that mypy finds errors in."""
    files = [f"{program}.py" for program in programs]
    said = output([*MYPY, "--cache-dir", "../cache", *files], folder / side)
    return set(re.findall(r"^(program_\w+)\.py:\d+: error", said, re.M))


def pyright(folder: Path) -> dict[str, set[str]]:
    """The programs of each side that pyright finds errors in."""
    roots = [{"root": side, "extraPaths": [side]} for side in SIDES]
    wanted = {"include": [f"{side}/program_*.py" for side in SIDES]}
    config = {**STRICT, **wanted, "executionEnvironments": roots}
    (folder / "pyrightconfig.json").write_text(json.dumps(config), "utf-8")
    said = output(PYRIGHT, folder)
    return {
        side: set(re.findall(rf"/{side}/(program_\w+)\.py:\d+:\d+ - error", said))
        for side in SIDES
    }


def run(folder: Path, side: str, programs: list[str]) -> dict[str, dict[str, object]]:
    """What each program of a side sent, and what came of it."""
    driver = [sys.executable, str(HERE / "driver.py"), "answers.json", *programs]
    lines = output(
        driver, folder / side, PYTHONPATH=".", PYTHONWARNINGS="ignore"
    ).splitlines()
    return {str(said["program"]): said for said in map(json.loads, lines)}


def outcomes(folder: Path) -> dict[str, dict[str, Outcome]]:
    """What came of each program, by side."""
    prepare(folder)
    programs = sorted(path.stem for path in (folder / "old").glob("program_*.py"))
    wrong = pyright(folder)
    found: dict[str, dict[str, Outcome]] = {}
    for side in SIDES:
        strict, ran = mypy(folder, side, programs), run(folder, side, programs)
        checkers = {"mypy": strict, "pyright": wrong[side]}
        found[side] = {
            program: Outcome(
                frozenset(name for name, bad in checkers.items() if program in bad),
                str(ran[program]["raised"]) if "raised" in ran[program] else None,
                json.dumps([ran[program]["sent"], ran[program].get("given")]),
            )
            for program in programs
        }
    return found


def disproofs(rule: Rule, old: Outcome, new: Outcome) -> Iterator[str]:
    """What speaks against the claims of a rule."""
    effects = set(rule.effects)
    if old.complaints or old.raised:
        yield f"{rule.code}: the old package fails: {old}"
    found = Effect.TYPE_CHECK in effects
    if set(new.complaints) != ({"mypy", "pyright"} if found else set[str]()):
        yield f"{rule.code}: type checkers: {sorted(new.complaints)}"
    if bool(new.raised) != (Effect.RUN_TIME in effects):
        yield f"{rule.code}: raised: {new.raised}"
    noticed = bool(effects & {Effect.BEHAVIOUR, Effect.DOCUMENTATION})
    if new.raised is None and (old.seen != new.seen) != noticed:
        yield f"{rule.code}: sent and given: {old.seen} {new.seen}"


@pytest.mark.tools
def test_every_rule_does_what_it_claims(tmp_path: Path) -> None:
    found = outcomes(tmp_path)
    assert [
        said
        for rule in ALL
        for said in disproofs(
            rule, found["old"][program_of(rule)], found["new"][program_of(rule)]
        )
    ] == []
