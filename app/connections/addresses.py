"""What connections are counted by."""

import ipaddress
from functools import lru_cache


@lru_cache(maxsize=4096)
def address_of(peer: str) -> str:
    """Returns what connections are counted by: an IPv4 address, or an IPv6 network.

    One machine can have any address of its /64 network.
    """
    try:
        address = ipaddress.ip_address(peer.partition("%")[0])
    except ValueError:
        return peer
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        if not address.is_loopback:
            return str(ipaddress.ip_network((int(address) >> 64 << 64, 64)))
    return str(address)
