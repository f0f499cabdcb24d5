"""Policy versions: their texts, their dates, and the lock that keeps what was announced."""
