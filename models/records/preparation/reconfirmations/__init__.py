"""What has changed around a proposal, and its re-confirmation. Clause: 4.1.3."""
