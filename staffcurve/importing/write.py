"""The reading block in a config: a new one, or an existing one of which nothing else changes."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

from configs.errors import ConfigError, Fault
from configs.loader import MAX_BYTES, build, parse
from staffcurve.importing.settings import REPLACED
from staffcurve.importing.toml_edit import edited
from staffcurve.run_folder.whole import whole_file

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

BOM = "\ufeff"


def text_of(config: Path) -> str:
    """Text of a config as it is in the file, line ends and all.

    Raises
    ------
    ConfigError
        When it cannot be read as text.
    """
    if config.is_dir():
        raise ConfigError(Fault(str(config), "is a folder; name the config file in it"))
    blob = config.read_bytes()
    if len(blob) > MAX_BYTES:
        raise ConfigError(Fault(str(config), f"is larger than {MAX_BYTES:,} bytes, so it is not a config"))
    try:
        return blob.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ConfigError(Fault(str(config), f"is not UTF-8 text at byte {error.start}")) from error


def with_block(text: str, history: Mapping[str, object], others: Mapping[str, Mapping[str, object]], name: str) -> str:
    """Return the text of a config with another reading block, and further settings by table such as ``channels.phone``.

    Raises
    ------
    ConfigError
        When a table is written in a way that cannot be changed line by line.
    """
    mark, text = (BOM, text[1:]) if text.startswith(BOM) else ("", text)
    text = edited(text, "history", history, REPLACED, name)
    for table, settings in others.items():
        text = edited(text, table, settings, (), name)
    return mark + text


def write_config(config: Path, text: str) -> None:
    """Check the text, and put it in the place of the config, whole or not at all.

    Raises
    ------
    ConfigError
        When the text is not a config, or the file is read-only; then nothing is written.
    """
    plain = text.removeprefix(BOM)
    build(parse(plain, config.name), config.name, config.resolve().parent)
    final = config.resolve()
    if final.exists() and not os.access(final, os.W_OK):  # replacing it needs no right to the file itself
        raise ConfigError(Fault(str(config), "is read-only; allow writing to it, or name another config"))
    with whole_file(final) as path:
        path.write_bytes(text.encode("utf-8"))
        if final.exists():
            shutil.copymode(final, path)


def relative(file: Path, folder: Path) -> str:
    """The path of a file as a config in a folder writes it: relative to it where there is a way, with slashes."""
    try:
        return os.path.relpath(file.resolve(), folder.resolve()).replace(os.sep, "/")
    except ValueError:  # on another drive
        return file.resolve().as_posix()
