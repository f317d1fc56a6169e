"""Ended while it is at work: nothing half made is left, and nobody goes on working."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

STORY = "昨日，城市的又一条地铁线路开门迎客，市民排队体验了首班车，沿线的商户也忙着迎接第一批客人。" * 200


@pytest.mark.parametrize(("how", "code"), [(signal.SIGINT, 1), (signal.SIGTERM, 143)])
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ended_it_leaves_nothing_behind(
    pile: Path,
    project: Path,
    how: signal.Signals,
    code: int,
    jobs: str,
    wait_until: Callable[[Callable[[], bool]], None],
    is_over: Callable[[int], bool],
) -> None:
    for number in range(30):
        (pile / f"{number}.md").write_text(f"# 第{number}号线\n\n{STORY}\n", encoding="utf-8")
    (project / "digest.toml").write_text("keep_duplicates = true\n")
    place = project / "tmp"
    place.mkdir()
    run = subprocess.Popen(
        [sys.executable, "-m", "digest", "make", "-f", "pdf", "-j", jobs],
        cwd=project,
        env={**os.environ, "TMPDIR": str(place)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    wait_until(lambda: any(project.glob("dist/.digest-*")))
    os.killpg(run.pid, how)
    told, error = run.communicate(timeout=60)
    assert (run.returncode, told) == (code, b"")
    assert b"Traceback" not in error
    assert [*(project / "dist").iterdir(), *place.iterdir()] == []
    wait_until(lambda: is_over(run.pid))
