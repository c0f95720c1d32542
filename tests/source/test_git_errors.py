"""What git said, and a next step that can be copied into a shell as it stands."""

from __future__ import annotations

import pytest

from okrdocs.source.git.errors import git_error


@pytest.mark.parametrize(
    ("folder", "quoted"),
    [
        ("/srv/okrs", "/srv/okrs"),
        ("/srv/our okrs; rm -rf ~", "'/srv/our okrs; rm -rf ~'"),
        ("/srv/$(id)'", "'/srv/$(id)'\"'\"''"),
    ],
)
def test_the_folder_in_the_advice_is_one_word_of_a_shell(folder: str, quoted: str) -> None:
    said = str(git_error(b"fatal: detected dubious ownership in repository at 'x'\n", folder))
    assert f"`git config --global --add safe.directory {quoted}`" in said
