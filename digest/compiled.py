"""Keeps our templates compiled, in the folder where Python keeps our compiled modules, and as it does.

Whoever could put other code there could change our modules just as well. A style's templates come from strangers, and
what the cache holds is never run: neither is kept.
"""

from __future__ import annotations

import importlib.util
import marshal
import sys
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import jinja2
from jinja2 import BytecodeCache

from digest.scratch import scratch

if TYPE_CHECKING:
    from jinja2.bccache import Bucket

SUFFIX = f".{sys.implementation.cache_tag}.bin"  # Python's own name for the version that can run it
NOT_KEPT = ""
DIGEST = sha256().digest_size


class Compiled(BytecodeCache):
    """The compiled templates of one folder, for an environment that `settings` tell from any other.

    They stand in the folder that Python has for what it compiles there. A file holds an address of all that the code
    was made from, a checksum, and the code.
    """

    def __init__(self, folder: Path, settings: str) -> None:
        self._folder = folder
        self._place = Path(importlib.util.cache_from_source(str(folder))).parent
        sandbox = Path(__file__).with_name("sandbox.py").read_text(encoding="utf-8")  # it changes what is compiled
        versions = (jinja2.__version__, sys.version, importlib.util.MAGIC_NUMBER.hex(), sandbox)
        self._made_by = "\n".join([*versions, str(folder), settings, ""])

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Name the file of a template; none is kept for one from another folder."""
        return f"{self._folder.name}.{name}{SUFFIX}" if filename and Path(filename).parent == self._folder else NOT_KEPT

    def get_source_checksum(self, source: str) -> str:
        """Name all that a template's code is made from."""
        return sha256((self._made_by + source).encode()).hexdigest()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give a template its code, if it is kept, whole, and made from this very source."""
        if bucket.key == NOT_KEPT:
            return
        try:
            data = self._path(bucket).read_bytes()
        except OSError:  # there is none yet, or none for us to read
            return
        address, checksum, code = data[:DIGEST], data[DIGEST:][:DIGEST], data[2 * DIGEST :]
        if address.hex() == bucket.checksum and checksum == sha256(code).digest():
            bucket.code = marshal.loads(code)  # noqa: S302  (as Python loads its own)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template's code; where Python may not write its own, or cannot, this is not written either."""
        if sys.dont_write_bytecode or bucket.key == NOT_KEPT:
            return
        code, path = marshal.dumps(bucket.code), self._path(bucket)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with scratch(path.parent) as place:
                draft = place / path.name
                draft.write_bytes(bytes.fromhex(bucket.checksum) + sha256(code).digest() + code)
                draft.replace(path)
        except OSError:  # a folder of the system's, a full disk: it is compiled again the next time
            return

    def _path(self, bucket: Bucket) -> Path:
        return self._place / bucket.key
