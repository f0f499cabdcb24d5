"""The consent module of a website: its data from the inventory, its files from the ES modules."""
