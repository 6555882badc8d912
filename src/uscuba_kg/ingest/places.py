"""Inputs that lie elsewhere: addresses such as ``s3://``, ``gs://`` or ``https://``, by fsspec.

Nothing is fetched but what a person names as an input. What is fetched comes whole, or is an error.
"""

from __future__ import annotations

import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from typing import IO, Any
from urllib.parse import urlsplit

from uscuba_kg.errors import InputError

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)
_WEB = ("http", "https")
_PATTERN = re.compile(r"[*?\[]")
_TRIES, _WAIT = 3, 0.5
_IN_MEMORY = 20_000_000
"""Bytes; what is larger is held in a temporary file."""
_STATES = ("ETag", "etag", "md5Hash", "LastModified", "Last-Modified", "created", "mtime")
_SCHEMES = "Name it as s3://, gs://, az://, https:// or another that fsspec knows."
INSTALL = "Install it with: pip install 'uscuba-kg[remote]'."


def is_address(path: str) -> bool:
    """Tell whether an input is named by an address, and not by a path of this machine."""
    return _ADDRESS.match(path) is not None


def web_address(path: str) -> str | None:
    """The address of a page, as it may be told to others; ``None`` for what is no page of the web."""
    parts = urlsplit(path)
    if parts.scheme.lower() not in _WEB or "@" in parts.netloc:
        return None
    return parts._replace(fragment="").geturl()


def files_at(address: str) -> Iterator[str]:
    """Give the addresses of the files that an address names: itself, a folder's, a pattern's.

    What is on the web is one file, whatever signs its address holds. Raises InputError where there
    is no way to it, or nothing there.
    """
    if urlsplit(address).scheme.lower() in _WEB:
        yield address
        return
    try:
        system, path = _system(address)
        found = sorted((system.glob if _PATTERN.search(path) else system.find)(path))
    except InputError:
        raise
    except Exception as error:  # each of fsspec's systems raises what its own library does
        raise InputError(_reason(error), place=address, remedy=_SCHEMES) from error
    if not found:
        raise InputError("there is nothing at this address", place=address)
    if found == [path]:
        yield address
        return
    for one in found:
        yield str(system.unstrip_protocol(one))


def state_of(address: str) -> bytes | None:
    """What tells one state of a file elsewhere from another, as far as its server says."""
    try:
        system, path = _system(address)
        info = system.info(path)
    except Exception:
        return None
    told = [(key, str(info[key])) for key in _STATES if info.get(key)]
    return repr((info.get("size"), told)).encode() if told else None


def fetch(address: str) -> IO[bytes]:
    """Fetch a file as a whole; what fails is tried again.

    Raises OSError where it cannot be had.
    """
    for left in reversed(range(_TRIES)):
        try:
            return _fetched(address)
        except (InputError, FileNotFoundError, PermissionError) as error:
            raise OSError(str(error)) if isinstance(error, InputError) else error from None
        except Exception as error:  # whatever an fsspec system raises: it could not be fetched
            if not left:
                raise OSError(_reason(error)) from error
            time.sleep(_WAIT)
    raise AssertionError


def _fetched(address: str) -> IO[bytes]:
    system, path = _system(address)
    held = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 (its reader closes it)
    with system.open(path, "rb", cache_type="readahead") as file:
        shutil.copyfileobj(file, held, 1 << 20)
    held.seek(0)
    return held


def _system(address: str) -> tuple[Any, str]:
    try:
        from fsspec.core import url_to_fs
    except ImportError as error:
        message = f"an address needs fsspec ({error})"
        raise InputError(message, place=address, remedy=INSTALL) from error
    try:
        system, path = url_to_fs(address)
    except (ImportError, ValueError) as error:
        raise InputError(_reason(error), place=address, remedy=_SCHEMES) from error
    return system, path


def _reason(error: Exception) -> str:
    return str(error) or type(error).__name__
