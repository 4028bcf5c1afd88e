"""`python -m calque` is the command `calque`."""

from calque.cli import command

if __name__ == "__main__":
    raise SystemExit(command())
