"""What each extra brings is said once, and a command that needs one says how to add it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from okrdocs.errors import UsageError
from okrdocs.extras import IMPORTED, Extra, require_extras

PROJECT = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text("utf-8"))
OF_ANOTHER_NAME = {"mkdocs-material": "material"}


def names(requirements: list[str]) -> set[str]:
    found = [re.match(r"[\w.-]+", each) for each in requirements]
    return {OF_ANOTHER_NAME.get(name[0], name[0]) for name in found if name}


def test_the_extras_are_those_of_the_distribution() -> None:
    declared = PROJECT["project"]["optional-dependencies"]
    assert {extra.value: set(IMPORTED[extra]) for extra in Extra} == {
        extra: names(requirements) for extra, requirements in declared.items()
    }


def test_one_line_adds_all_that_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(IMPORTED, Extra.PDF, ("a_package_that_nobody_has",))
    with pytest.raises(UsageError) as refused:
        require_extras("okr build --pdf", Extra.SITE, Extra.PDF)
    assert str(refused.value) == (
        "`okr build --pdf` needs packages that aren't installed here."
        ' Add them with: pip install "okrdocs[pdf,site]"'
    )


def test_what_is_installed_is_enough() -> None:
    require_extras("okr build", Extra.SITE)
