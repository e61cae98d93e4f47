"""The wizard: a walk through the tree in a browser, and the server that also carries the built site.

`place` reads an address, `words` puts texts into HTML, `screens` draws, `script` is what Streamlit runs;
`server`, `shell`, `guide` and `library` are what stands around it. It sees the public projection only.
"""
