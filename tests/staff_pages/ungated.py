"""The staff pages with their gate taken away, to see that each run asks for itself who is there."""

import os

from starlette.middleware import Middleware
from streamlit.starlette import App

from helptree.wizard.guards import Door
from helptree.wizard.shell import content_security_policy
from helptree.wizard.staff.server import SCRIPT, lifespan, open_or_exit, place_of, routes
from helptree.wizard.staff.settings import access

os.environ.setdefault("HELPTREE_TREE", "decision_tree")
open_or_exit()

door = Middleware(Door, content_security_policy, place_of)
app = App(SCRIPT, routes=routes(), middleware=[door], lifespan=lifespan, secrets=access().secrets() or None)
