"""The resources of the client, each in a module of its own."""
