"""The page of a run: one self-contained file; templates, style and script stand in ``templates/``."""
