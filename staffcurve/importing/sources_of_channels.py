"""Which rows of the file are which channel of an existing config: known where names agree, else a question."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from staffcurve.importing.proposal import Choice, Question
from staffcurve.importing.settings import is_answered

if TYPE_CHECKING:
    from collections.abc import Mapping

    from staffcurve.importing.trial import Trial

MOST_SHOWN = 8


def channel_sources(
    raw: Mapping[str, Any], trial: Trial, stated: Mapping[str, Any]
) -> tuple[dict[str, dict[str, object]], list[Question]]:
    """Settle the sources of the channels of a config.

    Parameters
    ----------
    raw
        The config as it is.
    trial
        The file as it was read.
    stated
        Settings given beforehand.

    Returns
    -------
    tuple
        New settings by table, such as ``channels.phone``; and a question for each channel that is not known.
    """
    if trial.naming is None:
        return {}, []
    channels = raw.get("channels", {})
    lacking = [name for name, settings in channels.items() if _needs_rows(name, settings, trial)]
    free = [name for name in trial.names if name and not any(_is_called(name, one) for one in channels)]
    if len(lacking) == 1 and len(free) == 1 and len(trial.names) == 1:
        return {f"channels.{lacking[0]}": {"source": {trial.naming: free[0]}}}, []
    settings: dict[str, dict[str, object]] = {}
    questions = []
    for name in lacking:
        question = _question(name, trial.naming, free, alone=len(channels) == 1)
        if is_answered(stated, question):
            settings[f"channels.{name}"] = {"source": stated["channels"][name]["source"]}
        else:
            questions.append(question)
    return settings, questions


def _needs_rows(name: str, settings: Mapping[str, Any], trial: Trial) -> bool:
    """Whether a channel has neither rows of its name nor a source or a volume."""
    if "source" in settings or "volume" in settings:
        return False
    return not any(_is_called(each, name) for each in trial.names)


def _is_called(name: str, channel: str) -> bool:
    return name.casefold() == channel.casefold()


def _question(name: str, column: str, free: list[str], *, alone: bool) -> Question:
    every = [Choice({column: "*"}, f"all {len(free)} of the file")] if alone else []
    each = [Choice({column: one}, f'the rows of "{one}"') for one in free[:MOST_SHOWN]]
    example = {column: free[0] if free else "..."}
    return Question(f"channels.{name}.source", f'Which {column} is channel "{name}"?', (*every, *each), example)
