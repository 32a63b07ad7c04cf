from tests.cli.conftest import Feeds


def test_channel_is_created_and_listed(feeds: Feeds) -> None:
    assert feeds("channel", "list").output == ""
    made = feeds("channel", "create", "stadt", "--title", "Stadt Musterdorf")
    assert (made.exit_code, made.stdout) == (
        0,
        "Channel 'stadt' created: https://feeds.example.org/stadt\n",
    )
    zone = ("--timezone", "Europe/London", "--language", "en")
    feeds("channel", "create", "council", "--title", "Council", *zone)
    assert feeds("channel", "list").stdout.splitlines() == [
        "stadt    published  de  Europe/Berlin  Stadt Musterdorf",
        "council  published  en  Europe/London  Council",
    ]


def test_wrong_channel_is_one_sentence(feeds: Feeds, stadt: str) -> None:
    def refusal(slug: str, *more: str) -> tuple[int, str, str]:
        result = feeds("channel", "create", slug, "--title", "A", *more)
        return result.exit_code, result.stdout, result.stderr

    assert refusal(stadt) == (1, "", "Error: slug: 'stadt' is taken\n")
    zone = "'Mars' is not a time zone: use an IANA name such as 'Europe/Berlin'"
    assert refusal("neu", "--timezone", "Mars") == (1, "", f"Error: timezone: {zone}\n")
    reserved = "Error: slug: 'api' is an address of the service itself\n"
    assert refusal("api") == (1, "", reserved)
    assert feeds("channel", "list").stdout.count("\n") == 1


def test_wrong_use_is_status_2(feeds: Feeds) -> None:
    assert feeds("channel", "create", "stadt").exit_code == 2
    assert feeds("channel", "destroy").exit_code == 2
    assert feeds("nonsense").exit_code == 2
