"""What ``benchmarks/targets.py`` measures: plans for targets over a day or a week next to plans by interval."""
