"""The runtime of this package: how its operations are called, and its models read and written.

It is the same in every package that calque generates. Nothing here is meant to be
imported from outside: what is public is exported by the package itself.
"""
