import re
from datetime import UTC, datetime

import pytest

from feeds import access
from feeds.errors import Unauthenticated
from feeds.store import Store
from tests.cli.conftest import Feeds


def grant(store: Store, token: str) -> access.Grant:
    return access.authenticate(store, f"Bearer {token}", datetime.now(UTC))


def test_token_is_alone_on_stdout_and_works(
    feeds: Feeds, stadt: str, store: Store
) -> None:
    made = feeds(
        "token", "create", "--name", "Desk", "--channel", stadt, "--scope", "write"
    )
    assert made.exit_code == 0
    assert re.fullmatch(r"feeds_[\w-]{43}\n", made.stdout)
    assert made.stderr == (
        "A token with the scope 'write' for the channel 'stadt'."
        " It is not shown again:\n"
    )
    assert grant(store, made.stdout.strip()) == access.Grant("write", "stadt")
    assert made.stdout.strip() not in feeds("token", "list").output


def test_token_reads_all_channels_unless_told_otherwise(
    feeds: Feeds, store: Store
) -> None:
    made = feeds("token", "create", "--name", "All")
    assert grant(store, made.stdout.strip()) == access.Grant("read", None)


def test_tokens_are_listed_and_revoked(feeds: Feeds, stadt: str, store: Store) -> None:
    desk = feeds("token", "create", "--name", "Desk", "--channel", stadt).stdout
    feeds("token", "create", "--name", "All", "--expires", "2190-01-01")
    assert feeds("token", "list").stdout.splitlines() == [
        "1  valid                   read  stadt           Desk",
        "2  valid until 2190-01-01  read  (all channels)  All",
    ]
    assert feeds("token", "revoke", "Desk").stdout == "Token 1 'Desk' is revoked.\n"
    with pytest.raises(Unauthenticated):
        grant(store, desk.strip())
    assert feeds("token", "revoke", "2").exit_code == 0
    states = [line.split()[1] for line in feeds("token", "list").stdout.splitlines()]
    assert states == ["revoked", "revoked"]


@pytest.mark.parametrize(
    ("args", "status", "sentence"),
    [
        (("create", "--name", " "), 1, "Error: name: say what the token is for"),
        (
            ("create", "--name", "A", "--channel", "nix"),
            1,
            "Error: There is no channel 'nix'.",
        ),
        (
            ("create", "--name", "A", "--expires", "2020-01-01"),
            1,
            "Error: expires: 2020-01-01 has passed",
        ),
        (("revoke", "7"), 1, "Error: No living token has the number or the name '7'."),
        (
            ("create", "--name", "A", "--expires", "soon"),
            2,
            "Error: Invalid value for --expires: 'soon' is not a day: use 2021-07-06,"
            " today, -30d, +12m or +1y",
        ),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    feeds: Feeds, args: tuple[str, ...], status: int, sentence: str
) -> None:
    result = feeds("token", *args)
    assert (result.exit_code, result.stdout) == (status, "")
    assert result.stderr.splitlines()[-1] == sentence


def test_name_of_several_tokens_revokes_none(feeds: Feeds) -> None:
    for _ in range(2):
        feeds("token", "create", "--name", "Desk")
    result = feeds("token", "revoke", "Desk")
    assert (result.exit_code, result.stderr) == (
        1,
        "Error: 'Desk' is the name of 1, 2; give a number.\n",
    )
