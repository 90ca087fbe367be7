"""Cost against probability: what keeping a service target more surely costs."""
