"""Customers, sites, equipment, projects, delegations, calendar years."""
