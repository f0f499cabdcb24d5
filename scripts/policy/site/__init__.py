"""The site: pages from texts, versions and inventory."""
