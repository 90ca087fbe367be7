"""Queueing formulas: Erlang B, C and A, redials, concurrent conversations, and the transient queue of a day."""
