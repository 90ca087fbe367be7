"""What the ``erlang`` command answers: one question, a file of cases, a slow-down curve."""
