"""The facts of an inventory in the W3C Data Privacy Vocabulary, version 2: the nodes of a JSON-LD document."""
