"""A help center grown from one decision tree."""

__version__ = "0.1.0"
