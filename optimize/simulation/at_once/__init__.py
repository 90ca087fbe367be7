"""Hundreds of random weeks simulated side by side: every step is one event of every week."""
