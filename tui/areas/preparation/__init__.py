"""Preparation: the register of confirmations with its evidence, and the papers of proposals."""
