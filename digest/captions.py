"""Sets captions whose pictures are not there together, behind an article's text."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from digest.model import Block


def gathered(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Move captions behind all other blocks, in their order; one right behind an image stays with it."""
    blocks = tuple(blocks)
    with_picture = {at for at, (before, _) in enumerate(pairwise(blocks), start=1) if before.kind == "image"}
    loose = [block.kind == "caption" and at not in with_picture for at, block in enumerate(blocks)]
    placed = [*zip(loose, blocks, strict=True)]
    return tuple(block for wanted in (False, True) for is_loose, block in placed if is_loose is wanted)
