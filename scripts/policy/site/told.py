"""What a library says on its way, as findings."""

import logging

from policy.findings import Finding


class Told(logging.Handler):
    """Keeps every warning and error: a finding for each line."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.findings: list[Finding] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.findings += [Finding(line) for line in record.getMessage().splitlines() if line.strip()]
