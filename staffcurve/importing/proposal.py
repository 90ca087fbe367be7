"""What `import` proposes for a file: settings, what each column was taken for, and what only a person can know."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from staffcurve.importing.toml_values import toml_value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from forecast.data.sources.profile import Profile


@dataclass(frozen=True)
class Choice:
    """One answer: the value of the setting, and what the file then says; `key` if it is another setting's value."""

    value: object
    means: str
    key: str = ""


@dataclass(frozen=True)
class Question:
    """Something the file does not say: the setting that answers it, the question, and the answers if they are few.

    `example` is a value to show where any text may be the answer. `read` says that a reader asks: an answer with which
    the file cannot be read either is none.
    """

    key: str
    asks: str
    choices: tuple[Choice, ...] = ()
    example: object = "..."
    read: bool = False

    def options(self) -> list[tuple[str, str]]:
        """Each answer as an option of the command line, and what it means."""
        shown = self.choices or (Choice(self.example, "for example"),)
        return [(f"--set '{choice.key or self.key}={toml_value(choice.value)}'", choice.means) for choice in shown]


@dataclass(frozen=True)
class Taken:
    """A column of the file, what it was taken for (blank: not used), and why."""

    column: str
    role: str
    why: str = ""


@dataclass(frozen=True)
class Proposal:
    """How a file would be read.

    `form` are sentences on its kind and layout. `settings` are those of ``[history]`` besides its path.
    """

    label: str
    form: tuple[str, ...]
    profile: Profile | None
    settings: Mapping[str, object]
    taken: tuple[Taken, ...] = ()
    questions: tuple[Question, ...] = ()
