"""Names of a package that are imported when they are first asked for, so that importing the package is quick."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from configs.renamed import current_name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def lazy_names(
    package: str, homes: Mapping[str, str], renamed: Mapping[str, str] | None = None
) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """Return the ``__getattr__`` and ``__dir__`` of a package.

    Parameters
    ----------
    package
        Name of the package.
    homes
        Module of each public name, without the package's own name; a subpackage stands for itself.
    renamed
        Present name of each name of the previous version; one of another package with its path.
    """
    old_names = renamed or {}

    def fetch(name: str) -> Any:  # noqa: ANN401 - whatever the module holds
        """Import the module of a public name, and return the name."""
        if name in old_names:
            present = current_name(package, name, old_names[name])
            home, _, attribute = present.rpartition(".")
            return getattr(import_module(home), attribute) if home else fetch(attribute)
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        module = import_module(f"{package}.{homes[name]}")
        return module if homes[name] == name else getattr(module, name)

    return fetch, lambda: sorted(homes)
