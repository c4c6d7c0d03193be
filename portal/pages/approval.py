"""Wagtail's workflow for ads: a colleague of the same institution approves, and an incomplete ad is refused as by publishing."""

from typing import Any

from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.pages.workflow import WorkflowActionView
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowPage, WorkflowTask

from portal.guard import actor_of
from portal.pages.editors import workflow_of
from portal.pages.models import JobAdPage
from portal.pages.publishing import refuse_if_incomplete
from recruitment.access.decide import may
from recruitment.access.permissions import Permission
from recruitment.organisation.models import Institution

APPROVING = "approve"


def ensure_workflow(institution: Institution, group: Group, pages: list[Any]) -> None:
    """The institution's writers approve what lies under its pages. Wagtail's own workflow asks a group that is empty."""
    WorkflowPage.objects.filter(page__depth=1, workflow__name="Moderators approval").delete()
    name = workflow_of(institution)
    task = GroupApprovalTask.objects.filter(name=name).first()
    if task is None:
        task = GroupApprovalTask.objects.create(name=name)
    task.groups.set([group])
    workflow, _made = Workflow.objects.get_or_create(name=name)
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task.task_ptr)
    for page in pages:
        WorkflowPage.objects.update_or_create(page=page.page_ptr, defaults={"workflow": workflow})


@require_admin_access
def act(request: HttpRequest, page_id: int, action_name: str, task_state_id: int) -> HttpResponse:
    """Wagtail's view behind the right to publish this ad; nobody approves one that may not go out."""
    page = get_object_or_404(Page, pk=page_id).specific
    if isinstance(page, JobAdPage):
        _require_right(request, page)
        if request.method == "POST" and action_name == APPROVING:
            refused = refuse_if_incomplete(request, page.get_latest_revision_as_object())
            if refused is not None:
                return refused
    answer: HttpResponse = WorkflowActionView.as_view()(
        request, page_id=page_id, action_name=action_name, task_state_id=task_state_id
    )
    return answer


def refuse_incomplete_approval(request: HttpRequest, page: Any) -> HttpResponse | None:
    """Wagtail's `before_edit_page`: the same for an approval that is given in the editor."""
    approving = "action-workflow-action" in request.POST and request.POST.get("workflow-action-name") == APPROVING
    if not approving or not isinstance(page, JobAdPage):
        return None
    _require_right(request, page)
    return refuse_if_incomplete(request, page.get_latest_revision_as_object())


def _require_right(request: HttpRequest, page: JobAdPage) -> None:
    if not may(actor_of(request), Permission.AD_PUBLISH, page.case):
        raise PermissionDenied
