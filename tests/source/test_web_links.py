from __future__ import annotations

import pytest

from okrdocs.source.git.web_links import FileLinks, repository_page

ID = "0123456789012345678901234567890123456789"


@pytest.mark.parametrize(
    ("remote", "address"),
    [
        ("https://github.com/acme/okrs.git", "https://github.com/acme/okrs"),
        ("https://github.com/acme/okrs", "https://github.com/acme/okrs"),
        ("https://github.com/acme/okrs/", "https://github.com/acme/okrs"),
        ("http://www.github.com/acme/okrs", "https://github.com/acme/okrs"),
        ("https://x-access-token:s3cr3t@github.com/acme/okrs.git", "https://github.com/acme/okrs"),
        ("git@github.com:acme/okrs.git", "https://github.com/acme/okrs"),
        ("org-123@github.com:acme/okrs.git", "https://github.com/acme/okrs"),
        ("github.com:acme/okrs", "https://github.com/acme/okrs"),
        ("ssh://git@ssh.github.com:443/acme/okrs.git", "https://github.com/acme/okrs"),
        ("git://GitHub.com/acme/my.okrs.git", "https://github.com/acme/my.okrs"),
        ("git@gitlab.com:acme/sub/okrs.git", "https://gitlab.com/acme/sub/okrs"),
        ("ssh://git@gitlab.acme.example:2222/a/okrs", "https://gitlab.acme.example/a/okrs"),
        ("https://gitlab.acme.example:8443/a/okrs", "https://gitlab.acme.example:8443/a/okrs"),
        ("git@bitbucket.org:acme/okrs.git", "https://bitbucket.org/acme/okrs"),
        ("https://codeberg.org/acme/okrs.git", "https://codeberg.org/acme/okrs"),
        ("git@gitea.acme.example:acme/okrs.git", "https://gitea.acme.example/acme/okrs"),
    ],
)
def test_an_address_becomes_the_page_without_what_is_secret(remote: str, address: str) -> None:
    page = repository_page(remote)
    assert page is not None
    assert page.address == address


@pytest.mark.parametrize(
    "remote",
    [
        "",
        "/srv/git/okrs.git",
        "../github.com:acme/okrs",
        "file:///srv/github.com/acme/okrs",
        "C:\\work\\okrs",
        "https://git.acme.example/acme/okrs",
        "https://github.com/acme",
        "https://github.com/acme/sub/okrs",
        "https://github.com/acme/../okrs",
        "https://github.com/acme/ok rs",
        'https://github.com/acme/"><script>',
        "https://github.com:port/acme/okrs",
        "https://[github.com/acme/okrs",
        "http://gitlab.acme.example:8080/acme/okrs",
        "https://github/acme/okrs",
        "ext::sh -c true% github.com/acme/okrs",
    ],
)
def test_other_addresses_have_no_page(remote: str) -> None:
    assert repository_page(remote) is None


@pytest.mark.parametrize(
    ("remote", "path"),
    [
        ("git@github.com:a/b.git", "commit"),
        ("git@gitlab.com:a/b.git", "-/commit"),
        ("git@bitbucket.org:a/b.git", "commits"),
        ("git@codeberg.org:a/b.git", "commit"),
        ("git@forgejo.acme.example:a/b.git", "commit"),
    ],
)
def test_each_host_has_its_own_address_of_a_commit(remote: str, path: str) -> None:
    page = repository_page(remote)
    assert page is not None
    assert page.commit_url(ID) == f"{page.address}/{path}/{ID}"


@pytest.mark.parametrize(
    ("remote", "address", "follows"),
    [
        ("git@github.com:a/b.git", f"github.com/a/b/blob/{ID}/okrs/my%20team.yml#L12", True),
        ("git@gitlab.com:a/b.git", f"gitlab.com/a/b/-/blob/{ID}/okrs/my%20team.yml#L12", True),
        ("git@bitbucket.org:a/b", f"bitbucket.org/a/b/src/{ID}/okrs/my%20team.yml#lines-12", True),
        ("codeberg.org:a/b", f"codeberg.org/a/b/src/commit/{ID}/okrs/my%20team.yml#L12", False),
    ],
)
def test_each_host_has_its_own_address_of_a_line(remote: str, address: str, follows: bool) -> None:
    page = repository_page(remote)
    assert page is not None
    assert page.file_url("okrs/my team.yml", 12, ID) == f"https://{address}"
    assert page.follows_head is follows
    assert FileLinks(page, "okrs/", ID).line_url("my team.yml", 12) == f"https://{address}"


def test_a_hostile_address_takes_no_time() -> None:
    assert repository_page("https://" + "a:@" * 100_000 + "/" + "-./" * 100_000) is None
