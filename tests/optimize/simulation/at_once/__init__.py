"""The replay of a finished roster."""
