"""The page of ``staffcurve check``: what the history holds, day by day."""
