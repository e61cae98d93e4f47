"""Makes the reader's pages out of the public tree: plain Markdown on disk. Knows nothing of MkDocs."""
