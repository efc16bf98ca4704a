"""The one door for writes: permissions, rules, versions, conflicts."""
