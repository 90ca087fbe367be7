"""One question or a table of them: agents for a volume, the volume agents can carry, blended teams."""
