"""Peers that vanish without a word: a machine switched off, a cable pulled."""

import socket

_GONE_SECONDS = 30  # without an acknowledgement


def notice_gone_peers(listener: socket.socket) -> None:
    """Has the system end connections whose peer vanished without a word; those accepted inherit."""
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    options = {
        "TCP_KEEPIDLE": _GONE_SECONDS // 2,
        "TCP_KEEPINTVL": _GONE_SECONDS // 6,
        "TCP_KEEPCNT": 3,
        "TCP_USER_TIMEOUT": _GONE_SECONDS * 1000,
    }
    for name, value in options.items():
        if hasattr(socket, name):
            listener.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)
