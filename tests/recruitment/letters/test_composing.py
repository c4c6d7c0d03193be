"""Writing to one applicant: from a template, with the class said, and by who may."""

import pytest
from django.core.exceptions import PermissionDenied

from recruitment.access.roles import Role
from recruitment.errors import NotPossible
from recruitment.letters.composing import compose, fields_to_fill, known_values, letters_for, template_of, write_to
from recruitment.mail.models import Channel, Message, MessageClass, MessageTemplate


def draft(world, own_words="Vi vender tilbage på fredag.", code="LETTER", **more):
    return compose(
        world.application, code, typed=more.pop("typed", {}), own_words=own_words, **{"private": False, **more}
    )


def test_own_words_stand_in_the_free_area_and_the_letter_goes_by_mail(world, hr):
    composed = draft(world)

    letter = write_to(world.application, composed, key="w", actor=hr)

    assert "Vi vender tilbage på fredag." in letter.text
    assert letter.text.rstrip().endswith(world.ours.institution.name)
    assert (letter.channel, composed.reasons, letter.sent_by) == (Channel.EMAIL, [], hr.user)


def test_a_template_without_a_mark_has_its_free_area_before_the_greeting(world):
    composed = draft(world, code="PROCESS_DELAYED")

    paragraphs = composed.letter.text.strip().split("\n\n")
    assert paragraphs[-2] == "Vi vender tilbage på fredag."
    assert composed.message_class == MessageClass.STANDARD


def test_what_no_list_of_words_can_see_its_writer_sends_to_the_inbox(world, hr):
    between_the_lines = "Der er hyldeblomst i dit glas, nu hvor du har klaret dig uden i halvandet år."
    assert draft(world, between_the_lines).message_class == MessageClass.STANDARD

    composed = draft(world, between_the_lines, private=True)

    assert [reason.code for reason in composed.reasons] == ["writer"]
    assert write_to(world.application, composed, key="w", actor=hr).channel == Channel.SECURE


def test_own_words_go_nowhere_before_it_is_said_whether_they_tell_of_the_applicant(world, hr):
    with pytest.raises(NotPossible) as refused:
        write_to(world.application, draft(world, private=None), key="u", actor=hr)

    assert [each.code for each in refused.value.obstacles] == ["unsaid"]
    assert not Message.objects.filter(key__endswith="u", code="LETTER").exists()


def test_the_template_alone_goes_without_the_question(world, hr):
    letter = draft(world, own_words="", code="PROCESS_DELAYED", private=None)

    assert write_to(world.application, letter, key="t", actor=hr).channel == Channel.EMAIL


def test_a_confidential_word_sends_it_to_the_inbox_and_says_why(world, hr):
    composed = draft(world, "Din personlighedstest viste det.")

    letter = write_to(world.application, composed, key="w", actor=hr)

    assert [reason.code for reason in composed.reasons] == ["word"]
    assert letter.channel == Channel.SECURE
    assert "personlighedstest" not in Message.objects.get(announces=letter).text


def test_changing_a_locked_paragraph_makes_it_confidential_adding_one_does_not(world):
    standing = draft(world, "").letter.text
    added = standing.replace("Venlig hilsen", "En linje mere.\n\nVenlig hilsen")
    changed = standing.replace("Har du spørgsmål", "Har du undren")

    assert draft(world, "", wording=added).message_class == MessageClass.STANDARD
    assert [reason.code for reason in draft(world, "", wording=changed).reasons] == ["changed"]


def test_tags_that_somebody_types_are_words_and_no_tags(world):
    composed = draft(world, "{{ given_name }} {% include 'x' %}")

    assert "{{ given_name }} {% include 'x' %}" in composed.letter.text


def test_markup_is_shown_and_not_run(world):
    assert "<script>" not in draft(world, "<script>alert(1)</script>").letter.html


def test_fields_that_the_house_does_not_know_are_asked_for_and_looked_at(world):
    code = "OFFER_FOLLOWUP"
    wanted = fields_to_fill(template_of(world.application, code), known_values(world.application))
    assert wanted

    composed = draft(world, "", code=code, typed=dict.fromkeys(wanted, "Svar senest fredag"))

    assert "Svar senest fredag" in composed.letter.text
    assert composed.message_class == MessageClass.CONFIDENTIAL


def test_support_writes_standard_letters_and_no_others(world):
    support = world.ours.actor(Role.ADMIN_SUPPORT)
    offered = {template.code for template in letters_for(support, world.application)}

    assert "LETTER" in offered
    assert "CONFIDENTIAL_LETTER" not in offered
    assert write_to(world.application, draft(world), key="s", actor=support).sent_by == support.user
    with pytest.raises(NotPossible):
        write_to(world.application, draft(world, "Din diagnose"), key="s2", actor=support)


def test_a_manager_writes_about_interviews_and_nothing_else(world):
    manager = world.ours.actor(Role.HIRING_MANAGER)
    assert {template.code for template in letters_for(manager, world.application)} <= {
        "INTERVIEW_MESSAGE", "INTERVIEW_REMINDER",
    }  # fmt: skip

    assert write_to(world.application, draft(world, code="INTERVIEW_MESSAGE"), key="m", actor=manager)
    with pytest.raises(PermissionDenied):
        write_to(world.application, draft(world), key="m2", actor=manager)


@pytest.mark.parametrize("role", [Role.HIRING_COMMITTEE, Role.ADMINISTRATOR, Role.COMMUNICATIONS])
def test_others_write_nothing(world, role):
    actor = world.ours.actor(role)
    assert letters_for(actor, world.application) == []
    with pytest.raises(PermissionDenied):
        write_to(world.application, draft(world), key="o", actor=actor)


def test_a_rejection_is_never_written_here(world, hr):
    with pytest.raises(PermissionDenied):
        write_to(world.application, draft(world, code="REJECTION_NO_INTERVIEW"), key="r", actor=hr)


def test_the_same_key_is_one_letter(world, hr):
    assert write_to(world.application, draft(world), key="k", actor=hr) == write_to(
        world.application, draft(world), key="k", actor=hr
    )


def test_a_unit_has_letters_of_its_own_and_another_unit_has_not(world):
    own = MessageTemplate.objects.create(
        institution=world.ours.institution, unit=world.ours.unit, code="LETTER", language="da", name="Vores",
        subject="Vores", body="Hej {{ given_name }}\n\n{{ free_text }}",
    )  # fmt: skip
    assert template_of(world.application, "LETTER") == own
    own.unit = world.ours.sibling
    own.save()

    assert template_of(world.application, "LETTER") != own


def test_a_proposal_is_not_used(world):
    MessageTemplate.objects.create(
        institution=world.ours.institution,
        code="LETTER",
        language="da",
        name="Forslag",
        subject="x",
        body="y",
        active=False,
    )

    assert template_of(world.application, "LETTER").institution is None


def test_a_template_that_does_not_exist_is_told(world):
    with pytest.raises(MessageTemplate.DoesNotExist):
        draft(world, code="NO_SUCH")
