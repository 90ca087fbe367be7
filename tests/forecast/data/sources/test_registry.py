"""Which system wrote a file: recognised by its header or first records, named by the config, or not asked for."""

import pytest

from configs.errors import DataError
from configs.loader import build
from configs.schema import Config
from configs.schema.reading import Format
from forecast.data.sources import registry
from forecast.data.sources.fitting import fitted
from forecast.data.sources.profile import Profile
from forecast.data.sources.registry import BY_NAME, PROFILES
from tests.forecast.test_week import BASE

CONNECT = list(BY_NAME["amazon-connect"].columns)
OURS = ["channel", "start", "volume", "handled", "aht_s"]


def history(**settings):
    config: Config = build({**BASE, "history": {"path": "a.csv", **settings}}, "test.toml", None)
    return config.history


def test_there_is_a_profile_for_every_format():
    """A format of the config is a profile, in the order of names; each says what its columns rest on."""
    names = [profile.name for profile in PROFILES]
    assert names == sorted(set(Format.__args__) - {"auto", "csv"})
    for profile in PROFILES:
        assert profile.evidence
        assert profile.columns or profile.recognises


@pytest.mark.parametrize("profile", [one for one in PROFILES if one.columns], ids=lambda one: one.name)
def test_a_header_is_recognised_with_columns_between(profile):
    """The names in their order, others among them, below a title: one profile fits and no other."""
    header = [name for column in profile.columns for name in (column, f"{column} (own)")]
    found = fitted(history(), [["Report of May"], [], header, ["1"] * len(header)], "a.csv")
    assert found.profile is profile


@pytest.mark.parametrize("profile", [one for one in PROFILES if len(one.columns) > 1 and not one.loose])
def test_another_order_or_spelling_is_another_file(profile):
    """Names in another order, or in other capitals, are recognised only where the profile says that they vary."""
    for header in (list(profile.columns)[::-1], [name.swapcase() for name in profile.columns]):
        assert fitted(history(), [header], "a.csv").profile is None


def test_capitals_vary_where_a_query_or_a_product_decides():
    """Freshservice writes Freshdesk's columns in other capitals; the settings name them as the file does."""
    header = ["Ticket Id", "Status", "Priority", "Group", "Created Time", "Resolved Time", "Closed Time"]
    found = fitted(history(), [header], "a.csv")
    assert found.profile.name == "freshdesk"
    columns = found.history.columns
    assert (columns.contact, columns.start, columns.end, columns.queue) == (
        "Ticket Id",
        "Created Time",
        "Resolved Time",
        "Group",
    )


def test_what_the_config_states_comes_first():
    """The profile fills what is not stated, key by key, and says nothing else."""
    stated = history(columns={"volume": "ContactsHandled"}, aht={"unit": "min"}, timezone="Asia/Tokyo")
    found = fitted(stated, [CONNECT], "a.csv").history
    assert (found.columns.volume, found.columns.start, found.columns.queue) == (
        "ContactsHandled",
        "TimeStamp",
        "QueueName",
    )
    assert (found.aht.unit, found.aht.is_, found.timezone) == ("min", "mean", "Asia/Tokyo")
    assert found.duplicates == "refuse"


def test_a_start_that_is_stated_replaces_date_and_time():
    """Of date, time and start the config's count, and the profile's do not join them."""
    header = ["row_date", "starttime", *BY_NAME["avaya-cms"].columns[2:], "when"]
    columns = fitted(history(columns={"start": "when"}), [header], "a.csv").history.columns
    assert (columns.start, columns.date, columns.time) == ("when", None, None)


def test_our_own_columns_are_never_taken_for_a_system():
    """A file with the columns that the config names for times and volumes is read by them, whatever else it holds."""
    assert fitted(history(), [[*CONNECT, *OURS]], "a.csv").profile is None
    described = history(columns={"start": "TimeStamp", "volume": "IncomingContactVolume"})
    assert fitted(described, [CONNECT], "a.csv").profile is None
    by_number = history(header="none", columns={"start": 4, "volume": 6})
    assert fitted(by_number, [CONNECT], "a.csv").profile is None


def test_csv_asks_for_no_profile():
    """With ``format = "csv"`` nothing is recognised."""
    assert fitted(history(format="csv"), [CONNECT], "a.csv").profile is None


def test_a_named_system_is_taken_in_any_order_or_refused():
    """The columns it lacks are listed, and those found."""
    named = history(format="amazon-connect")
    assert fitted(named, [CONNECT[::-1]], "a.csv").profile.name == "amazon-connect"
    with pytest.raises(DataError) as caught:
        fitted(named, [CONNECT[:-2]], "a.csv")
    assert str(caught.value) == (
        "a.csv: cannot be read as Amazon Connect history: it has no column AverageHandleTime, ContactsHandled; columns found: "
        "QueueName, QueueId, ChannelType, TimeStamp, IntervalDuration, IncomingContactVolume; "
        'leave out history.format = "amazon-connect", or name the system that wrote it'
    )
    with pytest.raises(DataError, match="cannot be read as Calabrio queue file: its first row is QueueName, QueueId"):
        fitted(history(format="calabrio"), [CONNECT], "a.csv")


def test_two_profiles_that_fit_are_both_named(monkeypatch):
    """Nothing is guessed: the settings for each are given."""
    twin = Profile("twin", "Twin", "", "unproven", "made", ("TimeStamp", "IncomingContactVolume"), {})
    monkeypatch.setattr(registry, "PROFILES", (*PROFILES, twin))
    with pytest.raises(DataError) as caught:
        fitted(history(), [CONNECT], "a.csv")
    assert str(caught.value) == (
        'a.csv: can be read as Amazon Connect history (history.format = "amazon-connect") or '
        'Twin (history.format = "twin"); state the right one'
    )


@pytest.mark.parametrize(
    ("record", "name"),
    [
        (["15", "20260601", "09:00", "7", "Sales", *["3"] * 16], "calabrio"),
        (["15", "20260601", "09:00", "7", "Sales", *["3"] * 16, ""], "calabrio"),
        (["15", "20260601", "09:00", "7", "Sales", *["3"] * 15], None),
        (["20", "20260601", "09:00", "7", "Sales", *["3"] * 16], None),
        (["1780304400", "170.1", "sales", "NONE", "ENTERQUEUE", "", "4711", "1"], "asterisk-queue-log"),
        (["1780304400", "170.1", "sales", "NONE", "4711"], None),
        (["Sales", "6-1-2026", "120", "240.5"], "verint-daily"),
        (["Sales", "6/1/2026", "120", "240.5"], None),
        (["Sales", "6-1-2026", "120", "short"], None),
    ],
)
def test_files_without_a_header_are_recognised_by_their_records(record, name):
    """Number of cells and the form of the first ones decide, in every record that is looked at."""
    found = fitted(history(), [record, [], record], "a.csv").profile
    assert (found and found.name) == name
    assert fitted(history(), [record, ["a", "b"]], "a.csv").profile is None


def test_every_kind_of_setting_survives_the_profile():
    """Durations, shares, days, texts and tables that the config states are the same after the profile is laid under."""
    stated = history(
        period="15min",
        first_period=0,
        label="end",
        max_missing="40%",
        totals=["Total"],
        outcomes={"ignored": ["x"]},
        cleaning=[{"first": "2026-05-01", "last": "2026-05-02", "action": "drop"}],
    )
    found = fitted(stated, [CONNECT], "a.csv").history
    for name in stated.model_fields_set - {"columns", "aht"}:
        assert getattr(found, name) == getattr(stated, name), name
