"""Files for other systems: payroll, schedules by activity, and forecasts in the import formats of three WFM systems."""
