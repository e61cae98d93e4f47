"""What Streamlit runs for every interaction. Thin: opens the tree, reads the address, draws."""

from helptree.wizard.run import run

run()
