"""`streamlit run app_staff.py`: the wizard's pages for staff, a server of its own. Only puts together.

Off unless configured: OPERATING.md, "Staff pages", says by which variables. HELPTREE_TREE names the folder of content.
"""

import os
from pathlib import Path

from streamlit.starlette import App

from helptree.wizard.library import TREE_VARIABLE
from helptree.wizard.staff.server import SCRIPT, lifespan, middleware, open_or_exit, routes
from helptree.wizard.staff.settings import access

os.environ.setdefault(TREE_VARIABLE, str(Path(__file__).parent / "decision_tree"))
open_or_exit()

app = App(SCRIPT, routes=routes(), middleware=middleware(), lifespan=lifespan, secrets=access().secrets() or None)
