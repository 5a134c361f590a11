"""Whatever stands in a file: one sentence, soon, in little memory, and nothing of it is run."""

import json
import re
import subprocess
import sys

import pytest

from tests.contracts.repository import ROOT
from tests.reading.corpus import CORPUS

_MOST_SECONDS = 4  # of the processor, which a busy machine makes slower too

Outcome = tuple[float, str | None]


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Outcome]:
    folder = tmp_path_factory.mktemp("hostile")
    for name, (write, _) in CORPUS.items():
        write(folder / name)
    ran = subprocess.run(
        [sys.executable, "-m", "tests.reading.corpus", str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    rows = [json.loads(line) for line in ran.stdout.splitlines()]
    assert ran.stderr == ""
    assert list(folder.glob("*.mark")) == [], "a program in a file was run"
    return {name: (seconds, said) for name, seconds, said in rows}


@pytest.mark.parametrize("name", CORPUS)
def test_it_ends_in_one_sentence_that_says_why(name: str, outcomes: dict[str, Outcome]) -> None:
    seconds, said = outcomes[name]
    assert said is not None, "it was read"
    assert not said.startswith("!!"), said
    assert re.search(CORPUS[name][1], said), said
    assert len(said) < 400
    assert "\n" not in said
    assert not said.endswith(".")
    assert seconds < _MOST_SECONDS


def test_there_are_enough_of_them() -> None:
    assert len(CORPUS) >= 80
