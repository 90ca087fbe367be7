"""Tests of contacts becoming agents."""
