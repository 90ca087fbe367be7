"""The relaxed week -> the best whole week found, with its bound."""
