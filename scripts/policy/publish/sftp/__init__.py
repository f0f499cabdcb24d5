"""A host over SSH: the only folder that knows asyncssh."""
