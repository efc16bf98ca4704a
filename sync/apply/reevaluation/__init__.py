"""What counts differently than before: adoption, revocation, upgrade, rebuild."""
