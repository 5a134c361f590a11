"""A body that wasn't read to its end: the connection that it comes over ends with the answer.

Else the server would go on to read what nobody wants, for as long as somebody sends it.
"""

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import Message, Receive, Scope, Send


class RequestBody:
    """Watches a request being read and answered."""

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        is_empty = headers.get("content-length", "0").strip("0") == ""
        self._is_read = is_empty and "transfer-encoding" not in headers
        self._receive = receive
        self._send = send

    async def receive(self) -> Message:
        """Receives the next part, and notes whether it is the last."""
        message = await self._receive()
        if message["type"] == "http.request" and not message.get("more_body", False):
            self._is_read = True
        return message

    async def send(self, message: Message) -> None:
        """Sends an answer; one that begins while there is more to read says that it is the last."""
        if message["type"] == "http.response.start" and not self._is_read:
            MutableHeaders(scope=message)["connection"] = "close"
        await self._send(message)
