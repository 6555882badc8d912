"""Which version this is, as it was installed."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

try:
    VERSION = version("uscuba-kg")
except PackageNotFoundError:  # a source tree that was never installed
    VERSION = "0+unknown"
