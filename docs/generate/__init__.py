"""What the documents are made with: pages from the code, examples that are run, pictures."""
