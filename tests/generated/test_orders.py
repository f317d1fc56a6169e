"""The editions that are made to order try everything, and are the same ones wherever they are made."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import fields
from hashlib import sha256
from pathlib import Path

from digest.model import Parts
from generated import orders, words

COUNT = 200


def test_every_hostile_text_stands_in_a_head_and_in_a_file() -> None:
    commissions = orders.drawn(COUNT)
    heads = "".join(article.title + article.kicker for each in commissions for article in each.articles)
    files = "".join(data.decode("utf-8", "replace") for each in commissions for _, data in each.files)
    assert [name for name, text in words.HOSTILE.items() if text not in heads] == []
    # A file with zero bytes or lone surrogates is refused, with its line, before a book is made.
    refused = {"control characters", "lone surrogates", "surrogates in the wrong order"}
    assert [name for name, text in words.HOSTILE.items() if text not in files and name not in refused] == []


def test_every_style_is_tried_with_fonts_and_without_and_every_part_is_left_out() -> None:
    commissions = orders.drawn(COUNT)
    assert {(each.style, each.embed_fonts) for each in commissions} == {
        (style, fonts) for style in orders.STYLES for fonts in (True, False)
    }
    assert all(any(not getattr(each.parts, part.name) for each in commissions) for part in fields(Parts))


def test_the_same_editions_are_drawn_whatever_else_is_loaded() -> None:
    tests = Path(__file__).parents[1]
    path = f"import sys; sys.path.append({str(tests)!r})"  # the wheel's tests search no working folder
    program = f"{path}; import {{}}; from generated import orders; print(orders.drawn(20))"
    digests = {
        sha256(
            subprocess.run(
                [sys.executable, "-c", program.format(loaded)], cwd=tests, capture_output=True, check=True
            ).stdout
        ).hexdigest()
        for loaded in ("sys", "digest.cli, digest.writers.epub")
    }
    assert len(digests) == 1


def test_the_first_editions_are_the_same_however_many_are_drawn() -> None:
    assert orders.drawn(20)[:5] == orders.drawn(5)
