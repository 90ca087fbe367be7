"""What ``staffcurve import`` does: look at a file, propose how it is read, try it, and write it into the config."""
