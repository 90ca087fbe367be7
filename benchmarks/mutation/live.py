"""Put a changed module into the running process: the functions everybody has imported get its code."""

from __future__ import annotations

from types import FunctionType, ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import ast


def transplant(module: ModuleType, tree: ast.Module) -> None:
    """Run a changed tree aside, then hand its code, defaults and constants to the module that is in use.

    Functions keep their identity, so that ``from module import function`` elsewhere sees the change too.
    """
    aside: dict[str, Any] = {
        "__name__": module.__name__,
        "__file__": module.__file__,
        "__package__": module.__package__,
    }
    exec(compile(tree, str(module.__file__), "exec"), aside)  # noqa: S102 - our own source, with one change
    for name, new in aside.items():
        old = getattr(module, name, None)
        if isinstance(new, type) and new.__module__ == module.__name__:
            for method, code in vars(new).items():
                _hand_over(vars(old).get(method), code)
        elif isinstance(new, FunctionType) and new.__module__ == module.__name__:
            _hand_over(old, new)
        elif name.isupper():
            setattr(module, name, new)


def _hand_over(old: object, new: object) -> None:
    old, new = _function(old), _function(new)
    if isinstance(old, FunctionType) and isinstance(new, FunctionType):
        old.__code__, old.__defaults__, old.__kwdefaults__ = new.__code__, new.__defaults__, new.__kwdefaults__


def _function(value: object) -> object:
    """The function inside a property, a cache or a method of the class."""
    value = value.fget if isinstance(value, property) else getattr(value, "__func__", value)
    return getattr(value, "__wrapped__", value)
