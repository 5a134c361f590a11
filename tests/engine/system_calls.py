"""A system that refuses a call, or kills whoever makes it, as some containers do."""

import ctypes
import struct

# The system call that moves a process, by machine.
SETS_AFFINITY = {"x86_64": 203, "aarch64": 122}
REFUSED = {"refused": 0x0005_0001, "fatal": 0x8000_0000}


def answer_calls(number: int, answer: int) -> int:
    """Have the system answer this call so, in this process and its children; 0 if it will."""
    # Load the call's number; if it is this one go on, else skip one; answer so; allow.
    lines = [(0x20, 0, 0, 0), (0x15, 0, 1, number), (0x06, 0, 0, answer), (0x06, 0, 0, 0x7FFF0000)]
    code = b"".join(struct.pack("HBBI", *line) for line in lines)
    program = ctypes.create_string_buffer(code, len(code))
    filtering = ctypes.create_string_buffer(
        struct.pack("HP", len(lines), ctypes.addressof(program))
    )
    control = ctypes.CDLL(None, use_errno=True).prctl
    control(38, 1, 0, 0, 0)  # PR_SET_NO_NEW_PRIVS
    return int(control(22, 2, filtering, 0, 0))  # PR_SET_SECCOMP, a filter
