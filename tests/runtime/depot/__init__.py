"""A package in the shape of generated ones, written by hand: shipments and places."""
