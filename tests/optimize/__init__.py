"""Tests of the staffing rooms."""
