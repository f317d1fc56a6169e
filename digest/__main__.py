"""Starts the command: `digest …`, or `python -m digest …`."""

from __future__ import annotations

import atexit
import gc
import signal
import sys
from typing import NoReturn

TERMINATED = 128 + signal.SIGTERM  # as a shell tells it
# Articles are made and kept: to look for circles of dead objects after each 700 new ones finds next to
# none, and takes a thirtieth of the time; ten thousand articles need a thirtieth more memory for it.
OBJECTS_BETWEEN_LOOKS = 100_000


def main() -> None:
    """Run the command line; text goes out as UTF-8 whatever the locale.

    What is still there at the end the system takes back at once, a process's memory as a whole: to look through it for
    circles once more would take a twentieth of the time that a small edition needs.
    """
    gc.set_threshold(OBJECTS_BETWEEN_LOOKS)  # before anything is imported, which makes many that stay
    atexit.register(gc.freeze)
    signal.signal(signal.SIGTERM, _leave)
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # else whoever began it wants none
        signal.signal(signal.SIGINT, _interrupt)
    try:
        from digest.cli import digest
    except KeyboardInterrupt:  # what comes later click answers, alike
        sys.exit("Aborted!")
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    digest(prog_name="digest")


class Interrupted(KeyboardInterrupt):
    """Ctrl-C, which Python does not take for a KeyboardInterrupt of its own.

    Where one of those comes in code that is run as text, as dataclasses are when they are made, Python notes that
    nobody has caught it, and ends by the signal, even if somebody does (CPython 3.11, run_eval_code_obj).
    """


def _interrupt(*_: object) -> NoReturn:
    raise Interrupted


def _leave(*_: object) -> NoReturn:
    """Go as Ctrl-C does, and take what is half made away."""
    sys.exit(TERMINATED)


if __name__ == "__main__":
    main()
