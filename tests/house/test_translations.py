"""Danish first: every string of ours that a person may see has a Danish translation."""

from portal.platform.messages import untranslated


def test_every_string_is_translated_into_danish():
    lacking = [f"{said.path}:{said.line} {said.msgid!r}" for said in untranslated()]

    assert lacking == []
