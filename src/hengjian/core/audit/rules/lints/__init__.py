"""L-01…L-25: the quality of indicators (fact sheet §9). ``audit`` reports all of them as notes."""
