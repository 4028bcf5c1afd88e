"""What everything of an API is called in Python."""

from calque.naming.names import Names, class_of, headers_of, like, name

__all__ = ["Names", "class_of", "headers_of", "like", "name"]
