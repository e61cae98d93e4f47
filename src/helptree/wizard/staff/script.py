"""What Streamlit runs for every interaction of staff. Thin: asks again who it is, then draws."""

from helptree.wizard import figures
from helptree.wizard.gone import forget_gone
from helptree.wizard.staff.run import run

with figures.run():
    run()
    forget_gone()
