"""Solvers, one module each; its `BACKEND` implements `program.solver.SolverBackend`."""
