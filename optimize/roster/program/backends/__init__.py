"""Programs that solve, one module each: what stands in its `BACKEND` keeps `program.solver.SolverBackend`."""
