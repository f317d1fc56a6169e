"""A Dask cluster on this machine: a real scheduler, real workers, one of which is killed at work."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import distributed
import pytest

from digest import cluster
from digest.errors import CrewError, LibraryMissingError

PARAGRAPH = "昨日，城市的又一条地铁线路开门迎客，市民排队体验了首班车，沿线的商户也忙着迎接第一批客人。" * 12


@dataclass(frozen=True)
class Machines:
    """A scheduler's address, and the processes of its workers."""

    address: str
    workers: list[subprocess.Popen[bytes]]


@pytest.fixture
def machines(tmp_path: Path, wait_until: Callable[[Callable[[], bool]], None]) -> Iterator[Machines]:
    """Start a scheduler and two workers, in folders of their own."""
    told = tmp_path / "scheduler.json"
    started: list[subprocess.Popen[bytes]] = []

    def start(name: str, *arguments: str) -> None:
        folder = tmp_path / name
        folder.mkdir()
        command = [sys.executable, "-m", "distributed.cli." + arguments[0], *arguments[1:], "--no-dashboard"]
        with (folder / "log").open("wb") as log:
            started.append(subprocess.Popen(command, cwd=folder, stdout=log, stderr=log))

    start("scheduler", "dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(told))
    wait_until(told.exists)
    for number in range(2):
        more = (
            "--name",
            f"worker-{number}",
            "--nthreads",
            "1",
            "--no-nanny",
            "--local-directory",
            str(tmp_path / f"place-{number}"),
        )
        start(f"worker-{number}", "dask_worker", "--scheduler-file", str(told), "--host", "127.0.0.1", *more)
    with distributed.Client(scheduler_file=str(told), set_as_default=False) as client:
        client.wait_for_workers(2, timeout=60)
        address = client.scheduler.address
    yield Machines(address, started[1:])
    for process in reversed(started):
        process.terminate()
        process.wait(60)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Articles that make several long chapters."""
    seeds = tmp_path / "project" / "seeds"
    seeds.mkdir(parents=True)
    chapters = "".join(f'[[themes]]\ntitle = "第{number}章"\ncolumns = ["栏{number}"]\n' for number in range(12))
    (seeds.parent / "digest.toml").write_text(f"keep_duplicates = true\n{chapters}", encoding="utf-8")
    for number in range(48):
        head = f"---\ntitle: 第{number}号线通车\ncolumn: 栏{number % 12}\n---\n\n"
        text = "\n\n".join(f"{number}、{PARAGRAPH}" for _ in range(24))
        (seeds / f"{number}.md").write_text(head + text, encoding="utf-8")
    return seeds.parent


def digest(project: Path, *arguments: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "digest", "make", "-f", "epub", "-f", "pdf", "--no-cache", *arguments]
    return subprocess.Popen(command, cwd=project, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def books(project: Path, folder: str) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (project / folder).iterdir()}


def test_the_books_are_those_of_one_machine_even_if_a_worker_is_killed(
    machines: Machines, project: Path, wait_until: Callable[[Callable[[], bool]], None]
) -> None:
    run = digest(project, "-o", "far", "--scheduler", machines.address)
    with distributed.Client(machines.address, set_as_default=False) as client:
        (first,) = (place for place, told in client.scheduler_info()["workers"].items() if told["name"] == "worker-0")
        wait_until(lambda: any("lay_out" in task for task in client.processing()[first]))
        machines.workers[0].send_signal(signal.SIGKILL)  # in the middle of a chapter
        machines.workers[0].wait(60)
    told, error = run.communicate(timeout=300)
    assert (run.returncode, told.decode().split()) == (0, ["far/文摘.epub", "far/文摘.pdf"]), error.decode()
    near = digest(project, "-o", "near", "-j", "1")
    near.communicate(timeout=300)
    assert books(project, "far") == books(project, "near")


def test_a_batch_is_made_by_the_cluster(machines: Machines, project: Path) -> None:
    for number in (1, 2, 3):
        text = f'formats = ["json", "epub"]\noutput = "far"\n[edition]\ntitle = "第{number}期"\n'
        (project / f"{number}.toml").write_text(text, encoding="utf-8")
    (project / "digest.toml").unlink()
    command = [sys.executable, "-m", "digest", "batch", ".", "--no-cache"]
    subprocess.run([*command, "--scheduler", machines.address], cwd=project, check=True, capture_output=True)
    subprocess.run([*command, "-j", "1", "-o", "near"], cwd=project, check=True, capture_output=True)
    assert len(books(project, "far")) == 6
    assert books(project, "far") == books(project, "near")


def test_a_mistake_is_told_as_on_one_machine(machines: Machines, project: Path) -> None:
    (project / "seeds" / "3.md").write_text("")
    far = digest(project, "--scheduler", machines.address).communicate(timeout=120)
    assert far == (b"", f"digest: {project}/seeds/3.md: empty; remove it or put its text in\n".encode())


def test_a_worker_with_another_program_refuses(machines: Machines, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("digest.addresses.program", lambda: b"another")
    with (
        cluster.at_work(machines.address) as crew,
        pytest.raises(CrewError, match=r"has another digest, Python or set of packages .*; install the same on all"),
    ):
        [*crew.results([crew.for_work(1, 1).submit(os.getpid)])]


def test_a_scheduler_that_is_not_there_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "ANSWER", 0.5)
    expected = "no Dask scheduler answers at tcp://127.0.0.1:9; start one with `dask scheduler`"
    with pytest.raises(CrewError, match=expected), cluster.at_work("tcp://127.0.0.1:9"):
        pass


@pytest.mark.parametrize(
    "address", ["nonsense", "http://127.0.0.1:9", "tcp://", "tcp://127.0.0.1:99999", "tcp://nosuch.invalid:9"]
)
def test_what_is_no_address_is_one_line(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "ANSWER", 0.5)
    with pytest.raises(CrewError, match="no Dask scheduler answers at"), cluster.at_work(address):
        pass


def test_without_dask_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(LibraryMissingError, match=r"digest-publisher\[dask\]"), cluster.at_work("tcp://127.0.0.1:9"):
        pass
