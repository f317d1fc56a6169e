from __future__ import annotations

from pathlib import Path

from digest import readers


def test_a_page_is_read_with_its_sidecar(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("# 题\n\n第一段。\n\n第二段。\n", encoding="utf-8")
    (tmp_path / "a.toml").write_text("join = [5]\n", encoding="utf-8")
    walk = readers.walk([tmp_path])
    assert [source.name for source in walk.sources] == ["a.txt"]
    assert walk.passed_over == ()
    (article,) = readers.read(walk.sources[0]).articles
    assert [block.text for block in article.blocks] == ["第一段。第二段。"]


def test_a_toml_file_that_is_no_sidecar_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("第一段。\n", encoding="utf-8")
    (tmp_path / "b.toml").write_text("join = [5]\n", encoding="utf-8")
    assert [file.path.name for file in readers.walk([tmp_path]).passed_over] == ["b.toml"]
