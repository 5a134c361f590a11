"""The training loop that docs/engine.md opens with does what the page says."""

import re
from pathlib import Path

import pytest

from tests.contracts.repository import text_of


def test_the_loop_of_the_docs_learns_to_read_digits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (lines,) = re.findall(r"```python\n(.*?)```", text_of("docs/engine.md"), re.DOTALL)
    monkeypatch.chdir(tmp_path)
    exec(compile(lines, "docs/engine.md", "exec"), {})
    said = re.fullmatch(r"(\d+)% classified correctly\n", capsys.readouterr().out)
    assert said
    assert int(said[1]) >= 85
