"""The page ``report.html``: one self-contained file; templates, style and script stand in ``templates/``."""
