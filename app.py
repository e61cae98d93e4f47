"""`streamlit run app.py`: the wizard, and under /guide/ the built site. Only puts together; see helptree.wizard.

HELPTREE_TREE names the folder of content (decision_tree/), HELPTREE_SITE that of the built site (site/).
"""

import os
from pathlib import Path

from streamlit.starlette import App

from helptree.wizard.library import SITE_VARIABLE, TREE_VARIABLE
from helptree.wizard.server import SCRIPT, lifespan, middleware, open_or_exit, routes

_HERE = Path(__file__).parent
os.environ.setdefault(TREE_VARIABLE, str(_HERE / "decision_tree"))
os.environ.setdefault(SITE_VARIABLE, str(_HERE / "site"))
open_or_exit()

app = App(SCRIPT, routes=routes(), middleware=middleware(), lifespan=lifespan)
