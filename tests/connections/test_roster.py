import asyncio

import pytest

from app.connections.addresses import address_of
from app.connections.capacity import Capacity
from app.connections.roster import Admission, Roster

HERE, THERE = "192.0.2.1", "192.0.2.2"


def _roster(connections: int = 10, per_address: int = 4) -> Roster:
    return Roster(Capacity(100, connections, per_address, connections, connections))


def _admitted(roster: Roster, address: str, now: float, cut: list[Admission]) -> Admission:
    admission = roster.admit(address)
    assert admission is not None
    admission.cut = lambda: cut.append(admission)
    roster.waits(admission, now)
    return admission


def test_the_oldest_that_has_not_asked_gives_way_to_a_new_one_of_its_address() -> None:
    roster, cut = _roster(), list[Admission]()
    other = _admitted(roster, THERE, 0, cut)
    first, *_ = [_admitted(roster, HERE, now, cut) for now in range(1, 5)]
    _admitted(roster, HERE, 5, cut)
    assert cut == [first]
    assert len(roster) == 5
    assert other.is_kept


def test_who_has_asked_does_not_give_way() -> None:
    roster, cut = _roster(), list[Admission]()
    admitted = [_admitted(roster, HERE, now, cut) for now in range(4)]
    for admission in admitted:
        roster.asks(admission)
    assert roster.admit(HERE) is None
    assert not cut
    assert roster.admit(THERE) is not None
    roster.leave(admitted[0])
    assert roster.admit(HERE) is not None


def test_when_all_places_are_taken_whoever_waited_longest_gives_way() -> None:
    roster, cut = _roster(connections=6), list[Admission]()
    admitted = [_admitted(roster, f"192.0.2.{number}", number, cut) for number in range(6)]
    roster.waits(admitted[0], 7)  # begins another request: now the newest
    assert roster.admit(HERE) is not None
    assert cut == [admitted[1]]


def test_an_address_of_this_machine_may_have_all() -> None:
    roster = _roster()
    assert all(roster.admit("127.0.0.1") for _ in range(10))
    assert roster.admit("127.0.0.1") is None


def test_a_place_is_given_back_once() -> None:
    roster, cut = _roster(), list[Admission]()
    admission, _ = _admitted(roster, HERE, 0, cut), _admitted(roster, HERE, 0, cut)
    roster.leave(admission)
    roster.leave(admission)
    roster.waits(admission, 1)
    roster.asks(admission)
    assert len(roster) == 1


def test_those_that_wait_too_long_are_given_up_on_and_no_others() -> None:
    roster, given_up = _roster(), list[str]()

    def add(name: str, since: float) -> Admission:
        admission = _admitted(roster, HERE, since, [])
        admission.give_up = lambda: given_up.append(name)
        return admission

    add("early", 0)
    asked = add("asked", 1)
    add("later", 2)
    add("late", 3)
    roster.asks(asked)
    asyncio.run(roster.sweep(now=12, patience_seconds=10))
    assert given_up == ["early", "later"]


@pytest.mark.parametrize(
    ("peer", "address"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("::1", "::1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
    ],
)
def test_a_network_of_version_6_counts_as_one_address(peer: str, address: str) -> None:
    assert address_of(peer) == address
