"""Groups and collections that Wagtail wants, kept in step with the seats people have."""

from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

from recruitment.access.actions import SeatsChanged
from recruitment.access.decide import ground, seats_of
from recruitment.access.permissions import Permission as Right
from recruitment.organisation.models import Institution
from recruitment.people.actor import Actor
from recruitment.people.models import User

PAGE_RIGHTS = ("add_page", "change_page", "publish_page")
IMAGE_RIGHTS = ("add_image", "change_image", "choose_image")  # Wagtail asks by its own model, whatever ours is called


def group_of(institution: Institution) -> Group:
    """Those who may write for this institution."""
    group, _created = Group.objects.get_or_create(name=f"writers:{institution.slug}")
    return group


def workflow_of(institution: Institution) -> str:
    """The name of the workflow in which the institution's writers approve."""
    return f"ads:{institution.slug}"


def prepare(institution: Institution, pages: list[object]) -> None:
    """Let the institution's writers reach its pages, and give it a collection of images of its own."""
    group = group_of(institution)
    for page in pages:
        for codename in PAGE_RIGHTS:
            permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
            GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)
    collection = Collection.objects.filter(name=institution.slug, depth=2).first()
    if collection is None:
        collection = Collection.get_first_root_node().add_child(name=institution.slug)
    for permission in Permission.objects.filter(content_type__app_label="wagtailimages", codename__in=IMAGE_RIGHTS):
        GroupCollectionPermission.objects.get_or_create(group=group, collection=collection, permission=permission)


def bring_up_to_date(event: SeatsChanged) -> None:
    """Somebody's seats changed: into the groups of the institutions they may write for, and out of the others."""
    sync(event.user)


def sync(user: User) -> None:
    """Make the person's groups follow from their seats."""
    wanted = {group_of(institution) for institution in Institution.objects.filter(pk__in=writes_for(user))}
    present = set(user.groups.filter(name__startswith="writers:"))
    user.groups.remove(*(present - wanted))
    user.groups.add(*(wanted - present))


def writes_for(user: User) -> set[object]:
    """Institutions in which the person may write any ad."""
    actor = Actor.person(user)
    found = ground(actor, Right.AD_EDIT)
    seats = seats_of(actor)
    by_level = {inst for _role, inst, path in seats.levels if inst in found.institutions or path in found.units}
    by_case = set(Institution.objects.filter(cases__in=found.cases).values_list("pk", flat=True))
    return by_level | by_case
