"""The package's door: cheap to import, complete, and plain about names it has not."""

import subprocess
import sys

import pytest

import forecast


def test_importing_forecast_loads_nothing_heavy():
    """Neither pandas nor statsmodels nor scipy is loaded by importing the package."""
    heavy = "('numpy', 'pandas', 'scipy', 'statsmodels')"
    code = f"import sys, forecast, configs.demo, configs.files; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("name", forecast.__all__)
def test_every_name_of_the_door_is_there(name):
    """Each public name is found, and is no module that happens to be called alike."""
    assert callable(getattr(forecast, name))


def test_an_unknown_name():
    """A name that does not exist is an AttributeError that says so."""
    with pytest.raises(AttributeError, match="module 'forecast' has no attribute 'predikt'"):
        forecast.predikt  # noqa: B018
