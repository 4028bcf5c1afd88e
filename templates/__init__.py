"""The templates of generated packages: a tree that mirrors one, file for file."""
