"""What is shown of one record: its fields, history, versions, links and figures."""
