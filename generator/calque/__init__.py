"""calque reads an OpenAPI document and writes a Python client package."""

from importlib.metadata import version

__version__ = version("calque")
