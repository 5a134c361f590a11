"""Where a cluster is, where its workers find the server, and what is said where that can't be."""

import pytest

from app.settings import Settings

SCHEDULERS = ["tcp://10.0.0.7:8786", "tls://dask.lab.example:8786", "tcp://[::1]:8786"]
NONE = [
    "dask:8786",
    "http://dask:8786",
    "tcp://dask",
    "tcp://dask:8786/x",
    "tcp://a b:1",
    "inproc:",
]


@pytest.mark.parametrize("address", SCHEDULERS)
def test_a_scheduler_is_named_as_dask_names_it(address: str) -> None:
    read = Settings.from_environment({"FILTERSCOPE_SCHEDULER": address})
    assert read.scheduler == address


@pytest.mark.parametrize("address", NONE)
def test_what_is_no_schedulers_address_is_refused_with_one_that_is(address: str) -> None:
    with pytest.raises(ValueError, match=r"FILTERSCOPE_SCHEDULER must be .* tcp://host:8786"):
        Settings.from_environment({"FILTERSCOPE_SCHEDULER": address})


@pytest.mark.parametrize("url", ["host:8000", "ftp://host", "http://", "http://host/?a=b"])
def test_what_is_no_servers_address_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="FILTERSCOPE_CLUSTER_URL must be"):
        Settings.from_environment({"FILTERSCOPE_CLUSTER_URL": url})


def test_workers_find_the_server_where_it_listens_or_where_one_says() -> None:
    assert Settings(host="10.0.0.9", port=80).url_for_cluster == "http://10.0.0.9:80"
    assert Settings(host="::1", root_path="/lab").url_for_cluster == "http://[::1]:8000/lab"
    assert "0.0.0.0" not in Settings(host="0.0.0.0").url_for_cluster
    said = Settings.from_environment({"FILTERSCOPE_CLUSTER_URL": "https://a.example/lab/"})
    assert said.url_for_cluster == "https://a.example/lab"


def test_a_cluster_elsewhere_cant_reach_a_server_on_loopback() -> None:
    with pytest.raises(ValueError, match=r"can.t reach 127\.0\.0\.1: say --host"):
        Settings(scheduler="tcp://10.0.0.7:8786").check_cluster()
    Settings(scheduler="tcp://10.0.0.7:8786", host="10.0.0.9").check_cluster()
    Settings(scheduler="tcp://10.0.0.7:8786", cluster_url="http://a:1").check_cluster()
    for near in ("tcp://127.0.0.1:8786", "tls://localhost:8786", "tcp://[::1]:8786"):
        Settings(scheduler=near).check_cluster()
    Settings().check_cluster()
