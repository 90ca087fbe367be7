"""The closed loop: plans for targets over a day or a week, simulated, corrected and verified."""
