"""What a run's session asks of the line to its server, be it a pipe or longer."""

from typing import Any, NamedTuple, Protocol


class SessionLine(Protocol):
    """What a worker says to the server and hears from it; `ServerLine` says more of each."""

    is_listening: bool

    def poll(self) -> bool:
        """Tells whether there is something to hear."""
        ...

    def recv(self) -> Any:
        """Waits for the next message. Raises EOFError where the server has hung up."""
        ...

    def send(self, message: NamedTuple) -> None:
        """Tells the server. Raises OSError where it is gone."""
        ...
