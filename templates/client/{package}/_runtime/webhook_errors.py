"""What can be wrong with something that claims to be a webhook of the service.

    WebhookError(ValueError)          it is not to be acted upon
    ├── SignatureError                not signed with any of the secrets, or not in time
    └── WebhookPayloadError           its body cannot be read as what it should be

None of them is a failure of a call. No message holds a secret, a signature or the body.
"""

from __future__ import annotations

from .issue import Issue

_MOST_LISTED = 20


class WebhookError(ValueError):
    """Something that claims to be a webhook, and is not to be acted upon."""


class SignatureError(WebhookError):
    """Not signed with any of the secrets, signed in no known way, or not in time."""


class WebhookPayloadError(WebhookError):
    """A body that cannot be read as what it should be.

    It is not JSON; or, with `strict`, it departs from its type, and `issues` lists where.
    """

    def __init__(self, message: str, issues: tuple[Issue, ...] = ()) -> None:
        super().__init__(message, issues)
        self.message: str = message
        self.issues: tuple[Issue, ...] = issues

    def __str__(self) -> str:
        listed = "".join(f"\n  {issue}" for issue in self.issues[:_MOST_LISTED])
        if len(self.issues) > _MOST_LISTED:
            listed += f"\n  and {len(self.issues) - _MOST_LISTED} more"
        return f"{self.message}{listed}"
