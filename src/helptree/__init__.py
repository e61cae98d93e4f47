"""A help center grown from one YAML decision tree: static site, wizard and staff reference."""

__version__ = "0.1.0"
