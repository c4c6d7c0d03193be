"""Catalogues: read from parts, compiled without gettext, and complete in Danish."""

import gettext

import pytest

from portal.platform import messages

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(messages, "LOCALE", tmp_path / "locale")
    monkeypatch.setattr(messages, "ROOT", tmp_path)
    home = tmp_path / "locale" / "da" / "LC_MESSAGES"
    (home / "parts").mkdir(parents=True)
    return home


def write(path, *pairs):
    path.write_text(HEADER + "\n".join(f'msgid "{msgid}"\nmsgstr "{msgstr}"\n' for msgid, msgstr in pairs))


def test_a_catalogue_is_made_of_its_parts(folder):
    write(folder / "django.po", ("Deadline", "Frist"))
    write(folder / "parts" / "cases.po", ("Case", "Sag"))

    messages.compile_catalogues()

    with (folder / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    assert [compiled.gettext("Deadline"), compiled.gettext("Case")] == ["Frist", "Sag"]


def test_it_is_compiled_again_only_when_a_part_has_changed(folder):
    write(folder / "django.po", ("Deadline", "Frist"))
    messages.compile_catalogues()
    made = (folder / "django.mo").stat().st_ino

    messages.compile_catalogues()
    assert (folder / "django.mo").stat().st_ino == made

    write(folder / "django.po", ("Deadline", "Ansøgningsfrist"))
    messages.compile_catalogues()
    assert "Ansøgningsfrist".encode() in (folder / "django.mo").read_bytes()


def test_two_parts_may_not_translate_one_string_differently(folder):
    write(folder / "parts" / "a.po", ("Deadline", "Frist"))
    write(folder / "parts" / "b.po", ("Deadline", "Tidsfrist"))

    with pytest.raises(ValueError, match="Tidsfrist"):
        messages.catalogue("da")


def test_strings_are_found_in_python():
    source = 'a = _("One")\nb = pgettext_lazy("verb", "Open")\nc = ngettext("%d job", "%d jobs", n)\nd = other("No")'

    found = [(said.msgid, said.context) for said in messages.said_in_python(source, "a.py")]

    assert found == [("One", None), ("Open", "verb"), (("%d job", "%d jobs"), None)]


def test_strings_are_found_in_templates():
    source = """{% translate "Title" %}{% trans 'Save' context "button" %}{{ x|default:_("None") }}{{ plain }}
    {% blocktranslate trimmed count n=jobs|length %}
      {{ n }} job
    {% plural %}
      {{ n }} jobs, 100% real
    {% endblocktranslate %}<p>Untouched</p>"""

    found = [(said.msgid, said.context) for said in messages.said_in_template(source, "a.html")]

    jobs = ("%(n)s job", "%(n)s jobs, 100%% real")
    assert found == [("Title", None), ("Save", "button"), ("None", None), (jobs, None)]


def test_a_string_without_translation_is_reported(folder):
    write(folder / "django.po", ("Known", "Kendt"), ("Empty", ""))
    (folder.parents[2] / "portal").mkdir()
    (folder.parents[2] / "portal" / "a.py").write_text('_("Known")\n_("Empty")\n_("Unknown")')

    assert [said.msgid for said in messages.untranslated()] == ["Empty", "Unknown"]
