from __future__ import annotations

import pytest

from digest import errors
from digest.errors import DigestError

KINDS = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, DigestError)]


def test_each_kind_of_error_has_an_exit_code_of_its_own() -> None:
    codes = [kind.exit_code for kind in KINDS]
    assert len(codes) == len(set(codes))


def test_each_kind_of_error_states_its_exit_code_itself() -> None:
    assert not [kind for kind in KINDS if "exit_code" not in vars(kind)]


def test_success_and_usage_errors_are_no_kind_of_ours() -> None:
    assert not {kind.exit_code for kind in KINDS} & {0, 2}
    assert min(kind.exit_code for kind in KINDS if kind is not DigestError) == 3


def test_an_error_is_one_line_with_where_what_and_remedy() -> None:
    assert DigestError("it is\n broken", where="a.md:3", remedy="mend it").message == "a.md:3: it is broken; mend it"


def test_an_error_without_a_place_names_none() -> None:
    assert DigestError("it is broken", remedy="mend it").message == "it is broken; mend it"


def test_what_a_terminal_would_obey_is_escaped() -> None:
    assert DigestError("x", where="\x1b[2J\udcff.txt", remedy="y").message == r"\x1b[2J\udcff.txt: x; y"


def test_a_long_quotation_is_cut_and_the_remedy_stays() -> None:
    message = DigestError("很" * 1_000, remedy="mend it").message
    assert len(message) < 400
    assert message.endswith("很…; mend it")


@pytest.mark.parametrize("kind", KINDS)
def test_an_error_crosses_to_another_process_whole(kind: type[DigestError]) -> None:
    import pickle

    error = kind("is broken", where="a.txt:3", remedy="mend it", also=[kind("is broken too", remedy="mend it")])
    other = pickle.loads(pickle.dumps(error))
    assert (type(other), other.message, other.exit_code) == (kind, error.message, error.exit_code)
    assert [each.message for each in other.also] == ["is broken too; mend it"]
