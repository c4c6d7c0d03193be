"""Content security policies by address: strict for the public, wider only where others' code needs it."""

import pytest
from csp.decorators import csp_replace
from django.http import HttpResponse

from portal.platform.policy import ContentPolicyMiddleware


def policy_of(rf, path, view=lambda _: HttpResponse()):
    header = ContentPolicyMiddleware(view)(rf.get(path))["Content-Security-Policy"]
    return {part.split()[0]: part.split()[1:] for part in header.split("; ")}


@pytest.mark.parametrize("path", ["/", "/job/1/", "/konto/login/", "/graphql/"])
def test_public_pages_allow_only_files_of_the_portal(rf, path):
    policy = policy_of(rf, path)

    assert policy["default-src"] == ["'none'"]
    assert policy["script-src"] == policy["style-src"] == policy["font-src"] == ["'self'"]
    assert policy["frame-ancestors"] == policy["form-action"] == ["'self'"]
    assert policy["base-uri"] == policy["object-src"] == ["'none'"]


def test_a_layouts_stylesheet_is_let_in_by_nonce_and_no_script_is(rf):
    def ad(request):
        return HttpResponse(f'<style nonce="{request.csp_nonce}"></style>')

    policy = policy_of(rf, "/job/1/", ad)

    assert policy["style-src"][1].startswith("'nonce-")
    assert policy["script-src"] == ["'self'"]


@pytest.mark.parametrize("path", ["/admin/", "/admin/pages/3/edit/preview/"])
def test_the_workbench_may_use_wagtails_inline_parts(rf, path):
    policy = policy_of(rf, path)

    assert "'unsafe-inline'" in policy["script-src"]
    assert policy["frame-ancestors"] == ["'self'"]
    assert "'unsafe-eval'" not in policy["script-src"]


def test_the_console_gets_styles_but_no_inline_script(rf):
    policy = policy_of(rf, "/graphql/console/")

    assert policy["style-src"] == ["'self'", "'unsafe-inline'"]
    assert policy["script-src"] == ["'self'"]


def test_a_view_may_choose_its_own(rf):
    view = csp_replace({"frame-ancestors": ["'none'"]})(lambda _: HttpResponse())

    assert policy_of(rf, "/", view)["frame-ancestors"] == ["'none'"]
