"""merida: one open platform for treaty peer review and its observatory."""

__version__ = "0.1.0"
