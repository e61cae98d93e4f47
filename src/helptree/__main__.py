"""`python -m helptree` is the command `helptree`."""

from helptree.cli import main

main(prog_name="helptree")
