"""Files for other systems: payroll, rosters and forecasts in the import formats of each; one module for each name."""
