"""What the company's own tables add to the app: documents."""
