"""Turns the model into pages, pictures and texts. Knows the public projection only, never checks."""
