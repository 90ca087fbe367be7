"""Queues as formulas: Erlang B, C and A, redials, conversations side by side, and the queue of a whole day."""
