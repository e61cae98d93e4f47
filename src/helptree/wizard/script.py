"""What Streamlit runs for every interaction. Thin: opens the tree, reads the address, draws."""

from helptree.wizard import figures
from helptree.wizard.gone import forget_gone
from helptree.wizard.run import run

with figures.run():
    run()
    forget_gone()
