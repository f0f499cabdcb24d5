"""The inventory: every fact about storage, recipients, purposes and personal data, once."""
