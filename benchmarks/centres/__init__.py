"""Made contact centres for measurements, and a simulator of its own that judges their plans."""
