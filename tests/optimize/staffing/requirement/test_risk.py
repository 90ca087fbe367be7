"""The volume to staff for."""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
import pandas as pd
import pytest

from optimize.staffing.requirement.risk import QUANTILES, volume_at_risk


def _forecast(mean, sd):
    return pd.DataFrame(
        {"volume": [mean], **{name: [mean + sd * NormalDist().inv_cdf(share)] for name, share in QUANTILES.items()}}
    )


@pytest.mark.parametrize("share", [0.01, 0.025, 0.1, 0.37, 0.5, 0.8, 0.9, 0.95, 0.99])
def test_normal_quantiles_are_met_everywhere(share):
    """A normal forecast is interpolated, and continued beyond its outer quantiles, without error."""
    value, unknown = volume_at_risk(_forecast(100.0, 10.0), share)
    assert value[0] == pytest.approx(100 + 10 * NormalDist().inv_cdf(share), rel=1e-12)
    assert unknown == 0


def test_the_mean_is_the_volume():
    """Risk "mean" takes the mean, whatever the quantiles say."""
    assert volume_at_risk(_forecast(100.0, 10.0), "mean")[0].tolist() == [100]


def test_low_quantiles_do_not_fall_below_zero():
    """Volumes are 0 or more."""
    assert volume_at_risk(_forecast(5.0, 10.0), 0.01)[0].tolist() == [0]


def test_rows_without_quantiles_keep_their_mean_and_are_counted():
    """One row of two has no quantiles: it keeps its volume and is told of; so are all without the columns."""
    frame = pd.concat([_forecast(100.0, 10.0), _forecast(50.0, 5.0)], ignore_index=True)
    frame.loc[1, "q90"] = np.nan
    value, unknown = volume_at_risk(frame, 0.8)
    assert value[0] > 100
    assert value[1] == 50
    assert unknown == 1
    assert volume_at_risk(frame[["volume"]], 0.8)[1] == 2
