"""What the environment can set, and what it is told when it sets nonsense."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from app.settings import Settings


def test_nothing_set_means_this_machine_only_and_a_folder_of_the_user() -> None:
    settings = Settings.from_environment({})
    assert (settings.host, settings.port, settings.token) == ("127.0.0.1", 8000, None)
    assert settings.is_loopback
    assert settings.runs_at_once >= 1
    assert "filterscope" in str(settings.data_folder)


def test_every_variable_is_read(tmp_path: Path) -> None:
    settings = Settings.from_environment(
        {
            "FILTERSCOPE_DATA": str(tmp_path),
            "FILTERSCOPE_HOST": "0.0.0.0",
            "FILTERSCOPE_PORT": "0",
            "FILTERSCOPE_TOKEN": "a-secret-of-sixteen",
            "FILTERSCOPE_ALLOW_EMBEDDING": "yes",
            "FILTERSCOPE_RUNS": "3",
            "FILTERSCOPE_STALLED": "60",
        }
    )
    assert settings.stalled_seconds == 60
    assert (settings.data_folder, settings.host, settings.port) == (tmp_path, "0.0.0.0", 0)
    assert (settings.token, settings.runs_at_once) == ("a-secret-of-sixteen", 3)
    assert settings.allow_embedding
    assert not settings.is_loopback
    assert settings.database_path.parent == settings.cache_folder.parent == tmp_path


@pytest.mark.parametrize("port", ["-1", "65536", "http", "8000 ", "٣", ""])
def test_a_port_that_is_none_is_refused_by_name_or_left_out(port: str) -> None:
    if not port:
        assert Settings.from_environment({"FILTERSCOPE_PORT": port}).port == 8000
        return
    with pytest.raises(ValueError, match="FILTERSCOPE_PORT must be a whole number from 0 to 65535"):
        Settings.from_environment({"FILTERSCOPE_PORT": port})


@pytest.mark.parametrize("token", ["two words and more", "a;b" * 6, "ü" * 16, 'a"b' * 6, "a\n" * 8])
def test_a_token_that_an_address_cannot_carry_is_refused_but_not_repeated(token: str) -> None:
    with pytest.raises(ValueError, match="FILTERSCOPE_TOKEN") as refused:
        Settings.from_environment({"FILTERSCOPE_TOKEN": token})
    assert token not in str(refused.value)


@pytest.mark.parametrize("runs", ["0", "65", "many"])
def test_a_number_of_runs_out_of_range_is_refused_by_name(runs: str) -> None:
    with pytest.raises(ValueError, match="FILTERSCOPE_RUNS"):
        Settings.from_environment({"FILTERSCOPE_RUNS": runs})


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
def test_loopback_addresses_are_known(host: str) -> None:
    assert Settings(host=host).is_loopback


@pytest.mark.parametrize("token", ["a", "abc-123", "f" * 15])
def test_a_token_that_could_be_guessed_is_refused_with_a_way_to_make_one(token: str) -> None:
    with pytest.raises(ValueError, match="FILTERSCOPE_TOKEN must have 16 characters") as refused:
        Settings.from_environment({"FILTERSCOPE_TOKEN": token})
    made = re.search(r"python -c \"(.*)\" makes", str(refused.value))
    assert made
    new = subprocess.run(
        [sys.executable, "-c", made[1]], capture_output=True, text=True, check=True
    ).stdout.strip()
    assert Settings.from_environment({"FILTERSCOPE_TOKEN": new}).token == new


@pytest.mark.parametrize("answer", ["1", "YES", "perhaps"])
def test_embedding_is_allowed_by_a_plain_yes(answer: str) -> None:
    assert not Settings.from_environment({}).allow_embedding
    assert not Settings.from_environment({"FILTERSCOPE_ALLOW_EMBEDDING": "no"}).allow_embedding
    with pytest.raises(ValueError, match="FILTERSCOPE_ALLOW_EMBEDDING must be yes or no"):
        Settings.from_environment({"FILTERSCOPE_ALLOW_EMBEDDING": answer})
