from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from digest.captions import gathered
from digest.model import Block, BlockKind

KINDS: list[BlockKind] = ["paragraph", "subhead", "caption", "image"]
BLOCKS = st.lists(st.builds(Block, st.sampled_from(KINDS), st.text(max_size=2)))


def test_captions_come_behind_the_text_in_their_order() -> None:
    first, text, second = Block("caption", "甲"), Block("paragraph", "文"), Block("caption", "乙")
    assert gathered((first, text, second)) == (text, first, second)


def test_the_caption_behind_an_image_stays_with_it() -> None:
    blocks = (Block("image", "图"), Block("caption", "甲"), Block("paragraph", "文"))
    assert gathered(blocks) == blocks


@given(BLOCKS)
def test_no_block_is_lost_and_nothing_else_moves(blocks: list[Block]) -> None:
    placed = gathered(blocks)
    assert Counter(placed) == Counter(blocks)
    others = [block for block in blocks if block.kind != "caption"]
    assert [block for block in placed if block.kind != "caption"] == others
    assert gathered(placed) == placed
