"""The difference between two rendered texts of the policy, for a reader and as data."""
