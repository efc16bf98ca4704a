"""Archive: the documents of a project, what is there and what is missing. Clause: 6.1"""
