"""The staff reference: what agents see, made of the staff projection. Nothing that readers see is made from here.

`words` are its own labels, `replies` texts for customers, `position` where a customer is, `handover` the note for a
colleague: pure functions, without Streamlit and without a site, shared by the staff site and the wizard's staff pages.
"""
