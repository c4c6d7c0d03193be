"""Which content security policy a page gets: by its address; a view may still choose its own with django-csp's decorators."""

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase


class ContentPolicyMiddleware(CSPMiddleware):
    """`POLICIES_BY_PREFIX` first, `CONTENT_SECURITY_POLICY` for everything else."""

    def get_policy_parts(
        self,
        request: HttpRequest,
        response: HttpResponseBase,
        report_only: bool = False,  # noqa: FBT001, FBT002 -- the signature is django-csp's
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if parts.config is None and not report_only:
            fitting = (policy for prefix, policy in settings.POLICIES_BY_PREFIX if request.path.startswith(prefix))
            parts.config = next(fitting, None)
        return parts
