"""The history as it is read: files, rows, units, clocks, gaps, and one channel as a grid."""
