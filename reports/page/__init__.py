"""The page ``report.html``: one self-contained file; templates, style and script are in ``templates/``."""
