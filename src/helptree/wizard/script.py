"""What Streamlit runs for every interaction. Thin: opens the tree, reads the address, draws."""

from helptree.wizard import figures
from helptree.wizard.run import run

with figures.run():
    run()
