"""What differs between two inventories, fact by fact, as data."""
