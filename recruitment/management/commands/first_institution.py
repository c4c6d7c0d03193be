"""`manage.py first_institution`: an empty installation gets its first institution and administrator."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from recruitment.access.actions import grant_role, invite_user
from recruitment.access.roles import Role
from recruitment.organisation.actions import create_institution
from recruitment.organisation.models import Institution
from recruitment.people.actor import Actor
from recruitment.shipped.load import load

QUESTIONS = {
    "name": "Name of the institution in Danish",
    "slug": "Short address, for example registerstyrelsen",
    "cvr": "CVR number, eight digits",
    "processor": "Name of the data processor that runs the portal",
    "email": "Administrator's e-mail",
    "first_name": "Administrator's first name",
    "last_name": "Administrator's last name",
}


class Command(BaseCommand):
    """Takes options, and asks for those that are missing. Refuses where there is an institution already."""

    help = "Make the first institution and its administrator."

    def add_arguments(self, parser: CommandParser) -> None:
        """One option for each question."""
        for name, question in QUESTIONS.items():
            parser.add_argument(f"--{name.replace('_', '-')}", dest=name, help=question)
        parser.add_argument("--password", help="Otherwise the administrator chooses one through “forgotten password”.")

    def handle(self, *_arguments: Any, **options: Any) -> None:
        """Everything or nothing."""
        if Institution.objects.exists():
            raise CommandError(
                "There is an institution already. Its administrator invites others in the set-up screens."
            )
        answers = {name: options[name] or self._ask(question) for name, question in QUESTIONS.items()}
        try:
            institution = make_first(answers, options["password"])
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        self.stdout.write(f"{institution} is ready. {answers['email']} signs in, and the desk says what to do next.")

    def _ask(self, question: str) -> str:
        try:
            return input(f"{question}: ").strip()
        except EOFError as nobody:
            raise CommandError(f"Nobody answers: give it as an option. ({question})") from nobody


@transaction.atomic
def make_first(answers: dict[str, str], password: str | None) -> Institution:
    """Shipped lists and texts, the institution, its administrator. Raises ValidationError for what cannot be."""
    load()
    institution = create_institution(
        processor_name=answers["processor"], slug=answers["slug"], name_da=answers["name"], cvr_number=answers["cvr"]
    )
    house = Actor.house("first institution")
    administrator = invite_user(
        answers["email"],
        institution=institution,
        actor=house,
        first_name=answers["first_name"],
        last_name=answers["last_name"],
    )
    if password:
        administrator.set_password(password)
        administrator.save(update_fields=["password"])
    grant_role(administrator, Role.ADMINISTRATOR, institution=institution, actor=house)
    return institution
