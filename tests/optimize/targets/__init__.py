"""Tests of plans for targets over a day or a week."""
