"""The wizard's pages for staff, behind a sign-in: a server of its own, which no page for readers imports.

`settings` says who may enter, `identity` judges what somebody brings, `gate` stands before everything that is served,
`script` is what Streamlit runs: it judges again, in every run, before it draws anything.
"""
