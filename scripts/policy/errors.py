"""The one error that an editor sees when the work cannot go on."""

from collections.abc import Sequence

from policy.findings import Finding


class PolicyError(Exception):
    """The work cannot go on; its findings say where, what is wrong and the way out."""

    def __init__(self, findings: Sequence[Finding] | str) -> None:
        self.findings = (Finding(findings),) if isinstance(findings, str) else tuple(findings)
        super().__init__("\n".join(str(finding) for finding in self.findings))
