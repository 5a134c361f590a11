"""What the environment can set, and what it is told when it sets nonsense."""

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
            "FILTERSCOPE_TOKEN": "secret",
            "FILTERSCOPE_RUNS": "3",
        }
    )
    assert (settings.data_folder, settings.host, settings.port) == (tmp_path, "0.0.0.0", 0)
    assert (settings.token, settings.runs_at_once) == ("secret", 3)
    assert not settings.is_loopback
    assert settings.database_path.parent == settings.cache_folder.parent == tmp_path


@pytest.mark.parametrize("port", ["-1", "65536", "http", "8000 ", "٣", ""])
def test_a_port_that_is_none_is_refused_by_name_or_left_out(port: str) -> None:
    if not port:
        assert Settings.from_environment({"FILTERSCOPE_PORT": port}).port == 8000
        return
    with pytest.raises(ValueError, match="FILTERSCOPE_PORT must be a whole number from 0 to 65535"):
        Settings.from_environment({"FILTERSCOPE_PORT": port})


@pytest.mark.parametrize("token", ["two words", "a;b", "ü", 'a"b', "a\n"])
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
