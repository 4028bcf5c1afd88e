"""What everything of an API is called in Python."""

from calque.naming.ids import class_of, headers_of, like
from calque.naming.names import Names, name

__all__ = ["Names", "class_of", "headers_of", "like", "name"]
