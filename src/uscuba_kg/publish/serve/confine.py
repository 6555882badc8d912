"""What a process may not do once it evaluates what strangers wrote: reach out, grow, dump itself.

Each of these is taken away by the system and cannot be taken back by the process.
"""

from __future__ import annotations

import ctypes
import platform
import resource
import signal
import struct
import sys
from pathlib import Path

_NO_NEW_PRIVILEGES, _SET_SECCOMP, _FILTER = 38, 22, 2
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | 13  # SECCOMP_RET_ERRNO with EACCES
_ARCHITECTURES = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
"""For each machine its AUDIT_ARCH and the number of ``socket`` (linux/audit.h, unistd.h)."""


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_char_p)]


def forbid_sockets() -> bool:
    """Let the system refuse every new socket from now on; False where it has no such filter.

    A seccomp filter (Linux): it needs no privilege and outlives everything but the process.
    """
    known = _ARCHITECTURES.get(platform.machine())
    if sys.platform != "linux" or known is None:
        return False
    architecture, number = known
    load, jump_if, give = 0x20, 0x15, 0x06  # BPF_LD|W|ABS, BPF_JMP|JEQ|K, BPF_RET|K
    code = b"".join(
        struct.pack("HBBI", *step)
        for step in (
            (load, 0, 0, 4),  # seccomp_data.arch
            (jump_if, 0, 3, architecture),  # another calling convention: refused below
            (load, 0, 0, 0),  # seccomp_data.nr
            (jump_if, 1, 0, number),
            (give, 0, 0, _ALLOW),
            (give, 0, 0, _REFUSE),
        )
    )
    program = _Program(len(code) // 8, code)
    system = ctypes.CDLL(None, use_errno=True)
    if system.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0):
        return False
    return bool(system.prctl(_SET_SECCOMP, _FILTER, ctypes.byref(program)) == 0)


def forbid_files() -> None:
    """Let no new file or socket be opened; what is open stays so."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def bound_memory(more: int) -> None:
    """Let the process take so many bytes more than it has, and leave no core dump."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    statistics = Path("/proc/self/statm")
    if statistics.exists():
        most = int(statistics.read_text().split()[0]) * resource.getpagesize() + more
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def end_after(seconds: float) -> None:
    """Let the system end this process after so many seconds; 0 takes that back.

    Holds where the front, which kills at the limit, is itself no more.
    """
    signal.setitimer(signal.ITIMER_REAL, seconds)
