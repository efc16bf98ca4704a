"""How a hub process listens: connections, their limits, requests and answers."""
