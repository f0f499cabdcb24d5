"""What differs between two inventories, in words for readers."""
