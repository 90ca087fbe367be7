"""Write ``cli.md`` and ``config.md`` into a folder: ``python -m staffcurve.reference docs``."""

from __future__ import annotations

import sys
from pathlib import Path

from staffcurve.reference.cli_page import cli_page
from staffcurve.reference.config_page import config_page

PAGES = {"cli.md": cli_page, "config.md": config_page}


def main(folder: Path) -> None:
    """Write every page."""
    for name, make in PAGES.items():
        path = folder / name
        path.write_text(make(), encoding="utf-8", newline="\n")
        print(path, file=sys.stderr)  # noqa: T201 - says what it wrote


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "docs"))
