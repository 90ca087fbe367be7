"""The page of a run: one self-contained file; templates, style and script are in ``templates/``."""
