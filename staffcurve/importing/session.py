"""An import from the look at the file to the text of the config: propose, ask, try, until nothing is open."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from configs.errors import ConfigError, DataError, Fault, StaffcurveError
from configs.loader import build, parse
from configs.reading.addresses import URL, DatabaseSource
from configs.redaction import redacted
from staffcurve.importing.look import proposed, proposed_query
from staffcurve.importing.open_questions import questions_of
from staffcurve.importing.proposal import Question
from staffcurve.importing.settings import UNKNOWABLE, WHEN, answered, is_answered, joined, reading_block, typed
from staffcurve.importing.sources_of_channels import channel_sources
from staffcurve.importing.starter import new_config
from staffcurve.importing.trial import config_of, provisional, tried
from staffcurve.importing.write import relative, text_of, with_block

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from staffcurve.importing.proposal import Choice, Proposal
    from staffcurve.importing.trial import Trial

    Ask = Callable[[Question], Choice | None]
    """Returns the answer to a question, or None where nobody is there to answer."""

ZONE = Question("plan.timezone", "In which time zone is the site?", (), "Europe/London")
LATER = {"history.missing", "history.max_missing"}
"""Settings that say nothing of how the file is read: `check` asks for them."""
MOST_ROUNDS = 30


@dataclass(frozen=True)
class Imported:
    """What became of an import.

    `history` is the reading block, `others` further settings by table. `text` is that of the config, None while
    something is open. `later` are faults that `check` would find although the file is read.
    """

    proposal: Proposal
    history: Mapping[str, Any]
    others: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    trial: Trial | None = None
    questions: tuple[Question, ...] = ()
    text: str | None = None
    later: tuple[Fault, ...] = ()


@dataclass(frozen=True)
class Session:
    """What is imported, and into what: the file, folder or URL, the config, and whether it is to be written.

    `query` is that of a database.
    """

    source: str
    config: Path
    write: bool
    raw: Mapping[str, Any]
    before: str | None
    query: str | None = None

    @classmethod
    def of(cls, source: str, config: Path, *, write: bool, query: str | None = None) -> Session:
        """Read the config, if there is one.

        Raises
        ------
        ConfigError
            When it is not one, or a password would be written into it.
        """
        if write and redacted(source) != source:
            words = "holds a password; write ${NAME} in its place, and give it in the environment variable NAME"
            raise ConfigError(Fault(redacted(source), words))
        if not config.exists():
            return cls(source, config, write, {}, None, query)
        text = text_of(config)
        return cls(source, config, write, parse(text.removeprefix("\ufeff"), config.name), text, query)

    @property
    def is_database(self) -> bool:
        """Whether the source is the URL of a database."""
        return URL.match(self.source) is not None

    @property
    def name(self) -> str:
        """Name of a new plan: that of the file, without its ending."""
        return "calls" if self.is_database else Path(self.source).name.split(".")[0]

    def look(self, stated: Mapping[str, Any]) -> Proposal:
        """Look at the source.

        Raises
        ------
        DataError
            When it cannot be read.
        """
        if not self.is_database:
            return proposed(_first_file(Path(self.source)), self.path, stated)
        zone = str(stated.get("timezone") or self.raw.get("plan", {}).get("timezone", "UTC"))
        query, table = self.query or stated.get("query"), stated.get("table")
        return proposed_query(DatabaseSource(self.source, query, table, zone, self.folder), stated)

    @property
    def folder(self) -> Path:
        """Folder of the config."""
        return self.config.resolve().parent

    @property
    def history(self) -> Mapping[str, Any]:
        """Settings of ``[history]`` that the config holds."""
        held: Mapping[str, Any] = self.raw.get("history", {})
        return held

    @property
    def path(self) -> str:
        """The source as the config writes it."""
        return self.source if self.is_database else relative(Path(self.source), self.folder)


def imported(session: Session, changes: Sequence[str], ask: Ask) -> Imported:
    """Propose how a file is read, ask what it does not say, and try it.

    Parameters
    ----------
    session
        The file and the config.
    changes
        Settings known beforehand, as ``key=value``.
    ask
        Answers a question.

    Raises
    ------
    DataError
        When the file cannot be read and no setting would help.
    ConfigError
        When a setting is wrong, or the config cannot be changed.
    """
    answers = typed(changes)
    made = _round(session, answers)
    for _ in range(MOST_ROUNDS):
        if not made.questions:
            return made
        for question in made.questions:
            answer = _only_way(session, question, answers) or ask(question)
            if answer is None:
                return made
            answers = answered(answers, answer.key or question.key, answer.value)
        made = _round(session, answers)
    return made


def _only_way(session: Session, question: Question, answers: Mapping[str, Any]) -> Choice | None:
    """The one answer to a reader's question with which the file can be read; None where several would do."""
    if not question.read or len(question.choices) < 2:
        return None
    fitting = [one for one in question.choices if _fits(session, answered(answers, one.key or question.key, one.value))]
    return fitting[0] if len(fitting) == 1 else None


def _fits(session: Session, answers: Mapping[str, Any]) -> bool:
    try:
        return not _round(session, answers).questions
    except StaffcurveError:
        return False


def _round(session: Session, answers: Mapping[str, Any]) -> Imported:
    """Propose and try once, with the answers so far; what the config states is believed while the file fits it."""
    held = {name: value for name, value in session.history.items() if name in UNKNOWABLE}
    columns = {role: name for role, name in session.history.get("columns", {}).items() if role not in WHEN}
    if held or columns:
        try:
            made = _attempt(session, {**held, "columns": columns}, answers)
        except StaffcurveError:
            made = None
        if made is not None and not made.questions:
            return made
    return _attempt(session, {}, answers)


def _attempt(session: Session, held: Mapping[str, Any], answers: Mapping[str, Any]) -> Imported:
    """Propose and try, with settings that the config holds above what is found, and answers above both."""
    stated = answers.get("history", {})
    proposal = session.look(joined(held, stated))
    found = joined(proposal.settings, _of_file(held, proposal))
    history = {"path": session.path, **reading_block(found, stated)}
    missing = tuple(one for one in proposal.questions if not is_answered({"history": history}, one))
    if missing:
        return Imported(proposal, history, questions=missing)
    zone = answers.get("plan", {}).get("timezone") or session.raw.get("plan", {}).get("timezone")
    raw = session.raw or provisional(zone or "UTC")
    raw = joined(raw, _without_history(answers))
    try:
        trial, history = _tried(session, raw, history, free={"date_format"} - {*held, *stated})
    except DataError as error:
        return _open(Imported(proposal, history), error)
    return _planned(session, Imported(proposal, history, trial=trial), zone, answers)


def _tried(
    session: Session, raw: Mapping[str, Any], history: dict[str, Any], free: set[str]
) -> tuple[Trial, dict[str, Any]]:
    """Try a reading block; of a folder also without the `free` settings, which only its first file needs."""
    try:
        return tried(config_of(raw, history, session.folder, session.config.name)), history
    except DataError:
        fewer = {name: value for name, value in history.items() if name not in free}
        if session.is_database or not Path(session.source).is_dir() or fewer == history:
            raise
    return tried(config_of(raw, fewer, session.folder, session.config.name)), fewer


def _of_file(held: Mapping[str, Any], proposal: Proposal) -> dict[str, Any]:
    """What the config holds, less columns that the file does not have or that its system's profile names."""
    names = {one.column for one in proposal.taken}
    columns = {role: name for role, name in held.get("columns", {}).items() if _names_of(name) <= names}
    known = {} if proposal.profile is not None else {"columns": columns}
    return {**{name: value for name, value in held.items() if name != "columns"}, **known}


def _names_of(column: object) -> set[str]:
    return {str(one) for one in column} if isinstance(column, (list, tuple)) else {str(column)}


def _without_history(answers: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in answers.items() if name != "history"}


def _planned(session: Session, made: Imported, zone: str | None, answers: Mapping[str, Any]) -> Imported:
    """Bring the block into a config, and check that the whole history can be read with it."""
    trial = made.trial
    assert trial is not None  # noqa: S101 - it was read
    others: dict[str, dict[str, object]] = {}
    if session.before is None:
        if zone is None and session.write:
            return Imported(made.proposal, made.history, trial=trial, questions=(ZONE,))
        text = new_config(trial, made.history, zone or "UTC", session.name)
    else:
        others, questions = channel_sources(session.raw, trial, answers)
        if questions:
            return Imported(made.proposal, made.history, others, trial, tuple(questions))
        text = with_block(session.before, made.history, others, session.config.name)
    whole = Imported(made.proposal, made.history, others, trial, (), text)
    try:
        _read_whole(session, text)
    except DataError as error:
        return _open(whole, error)
    return whole


def _read_whole(session: Session, text: str) -> None:
    from forecast.data.history import read_history

    raw = parse(text.removeprefix("\ufeff"), session.config.name)
    read_history(build(raw, session.config.name, session.folder))


def _open(made: Imported, error: DataError) -> Imported:
    """Turn faults into questions; where none names a setting, they are for `check` if the file was read.

    Raises
    ------
    DataError
        The fault, when the file was not read and no setting would help.
    """
    questions = tuple(one for one in questions_of(error.faults) if _is_about_reading(one.key))
    if questions:
        return Imported(made.proposal, made.history, made.others, made.trial, questions)
    if made.trial is None:
        raise error
    return Imported(made.proposal, made.history, made.others, made.trial, (), made.text, error.faults)


def _is_about_reading(key: str) -> bool:
    """Whether a setting says how the file is read; plan and opening hours are for `check`."""
    return (key.startswith("history.") and key not in LATER) or key.endswith(".source")


def _first_file(source: Path) -> Path:
    """The file that is looked at: the source, or the first of a folder.

    Raises
    ------
    DataError
        When there is no such file, or none in the folder.
    """
    from forecast.data.files import SUFFIXES, may_be_table

    if not source.exists():
        raise DataError(Fault(str(source), "no such file or folder"))
    if not source.is_dir():
        return source
    files = sorted(file for file in source.iterdir() if may_be_table(file))
    if not files:
        raise DataError(Fault(str(source), f"the folder contains no table ({', '.join(SUFFIXES)})"))
    return files[0]


def no_shipped(config: Path) -> None:
    """Refuse to write into a config that comes with the package.

    Raises
    ------
    ConfigError
        When the name is that of one.
    """
    from configs.loader import SHIPPED

    if str(config) in SHIPPED and not config.exists():
        raise ConfigError(
            Fault(str(config), 'is built in and cannot be changed; name a file such as "staffcurve.toml"')
        )
