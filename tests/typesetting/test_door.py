from __future__ import annotations

import re
import subprocess
import sys
from importlib import import_module
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sheets import make

from digest import typesetting
from digest.errors import UntestedLibraryError

TEXT = (
    "截至2022年12月，“银领先锋”共有1919个基层党组织、3.5万名党员；<strong>ABC公司</strong>将在2023年发布《建设》——"
    "约翰·史密斯……（记者王超）见<a href='https://example.org/'>https://example.org/averylongaddressofapage</a>。"
)


def functions() -> dict[Any, Any]:
    from digest.typesetting.painting import PAINTING
    from digest.typesetting.replaced import PLACES
    from digest.typesetting.shortcuts import SHORTCUTS

    places = [*PLACES, *((place, name) for place, name, _ in (*SHORTCUTS, *PAINTING))]
    return {(place, name): place.__dict__[name] for place, name in places}


@pytest.mark.parametrize("name", typesetting.TESTED)
def test_an_unknown_version_of_what_is_replaced_is_an_error_with_its_remedy(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(import_module(name), "__version__", "71.0")
    expected = rf"{name} {typesetting.TESTED[name]}, and this is 71\.0; python -m pip install {name}=="
    with pytest.raises(UntestedLibraryError, match=expected):
        make("<p>甲</p>")


def test_weasyprint_is_as_it_was_afterwards() -> None:
    before = functions()
    with typesetting.chinese():
        assert functions() != before
        with pytest.raises(ZeroDivisionError), typesetting.chinese():
            1 / 0  # noqa: B018
    assert functions() == before


def test_one_inside_another_sets_the_same_lines() -> None:
    alone = make(f"<p>{TEXT * 3}</p>")
    with typesetting.chinese():
        assert make(f"<p>{TEXT * 3}</p>").words == alone.words


def test_another_process_sets_the_same_lines() -> None:
    code = "import sys; from sheets import make; print(make(sys.argv[1]).words)"
    found = subprocess.run(
        [sys.executable, "-c", code, TEXT], capture_output=True, text=True, check=True, env=with_tests(), timeout=60
    )
    assert found.stdout.strip() == str(make(TEXT).words)


def with_tests() -> dict[str, str]:
    import os
    from pathlib import Path

    here = Path(__file__).parents[1]
    return os.environ | {"PYTHONPATH": os.pathsep.join([*sys.path, str(here)]), "PYTHONUTF8": "1"}


@pytest.mark.parametrize("measure", [8, 18, 29])
@pytest.mark.parametrize("css", ["", ".set { columns: 2 }", "p { text-align: center }", "p { text-indent: 2em }"])
def test_the_text_that_is_extracted_is_the_same(measure: int, css: str) -> None:
    html = "".join(f"<p>{TEXT * count}</p>" for count in (1, 2, 3))
    ours, plain = make(html, measure, css), make(html, measure, css, plain=True)
    assert ours.text == plain.text == "".join(re.sub("<.*?>", "", TEXT) * count for count in (1, 2, 3))


def test_a_text_without_han_is_set_as_before() -> None:
    html = "<p>" + "An English paragraph, “quoted” and long — it's set by spaces alone. " * 9 + "</p>"
    assert make(html).data == make(html, plain=True).data


@given(
    st.text(st.sampled_from("中文甲乙，。“”（）《》—…·、0123 ABCé\u0301\u00ad\u200b😀％"), min_size=1, max_size=60),
    st.integers(1, 12),
)
@settings(max_examples=60)
def test_whatever_the_text_no_character_is_lost(text: str, measure: int) -> None:
    from html import escape

    def visible(found: str) -> list[str]:
        return sorted(char for char in found if char in "中文甲乙，。—·、0123ABC％")

    middle = len(text) // 2
    html = f"<p>{escape(text[:middle])}<strong>{escape(text[middle:])}</strong>尾</p>"
    assert visible(make(html, measure).text) == visible(text)
