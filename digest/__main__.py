"""Starts the command: `digest …`, or `python -m digest …`."""

from __future__ import annotations

import sys

from digest.cli import digest


def main() -> None:
    """Run the command line; text goes out as UTF-8 whatever the locale."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    digest(prog_name="digest")


if __name__ == "__main__":
    main()
