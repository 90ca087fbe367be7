"""Names of version 0.1 are accepted for one version, with a warning that says the present name."""

from __future__ import annotations

import pytest

import reports
from optimize import simulation, staffing
from staffcurve.run_folder import formats


@pytest.mark.parametrize(
    ("package", "old", "now"),
    [
        (staffing, "Moving", staffing.TransientService),
        (staffing, "to_roster_surely", staffing.staff_for_attendance),
        (simulation, "Promise", simulation.TargetProbability),
        (reports, "write", formats.write_reports),
        (reports, "FORMATS", formats.FORMATS),
    ],
)
def test_an_old_name_is_the_present_thing_and_says_so(package, old, now):
    """The old name still works, and the warning has both names."""
    with pytest.warns(DeprecationWarning, match=rf"{package.__name__}\.{old} is now "):
        assert getattr(package, old) is now


def test_a_name_that_never_was_is_an_error():
    """A mistyped name is no old name."""
    with pytest.raises(AttributeError, match="no attribute 'to_roster_surly'"):
        _ = staffing.to_roster_surly
