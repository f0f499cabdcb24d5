"""Why nothing, or not all, was published, each kind with the exit code of its command."""

from policy.errors import PolicyError


class PublishError(PolicyError):
    """Publishing cannot go on; `code` is the command's exit code."""

    code = 1


class RefusedError(PublishError):
    """A rule forbids it; nothing was changed."""

    code = 3


class TakenOverError(RefusedError):
    """Another publisher took over in the middle, and goes on alone."""


class HostError(PublishError):
    """The host or the connection failed; its sentence says whether the live site is as it was."""

    code = 4


class UnsupportedError(HostError):
    """The host cannot do what was asked of it, such as making a link."""


class NotVerifiedError(PublishError):
    """The live site did not answer what was published, and was put back as it was."""

    code = 5


class DisagreesError(PublishError):
    """The live site, the release or the calendar disagree."""

    code = 6
