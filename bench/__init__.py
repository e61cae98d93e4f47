"""The budgets of speed and weight, measured: `make bench`."""
