"""What communications staff do in Wagtail's editor, by its buttons and fields."""

from dataclasses import dataclass

from playwright.sync_api import Page

TEMPLATE = """<header class="head">
  <h1>{{ ad.title }}</h1>
  <p class="lead">{{ ad.intro }}</p>
  {{ region.apply }}
</header>
<aside class="side" aria-label="{{ word.key_facts }}">{{ region.facts }}</aside>
<div class="text">
  {{ region.blocks }}
  <section>{{ region.how }}</section>
</div>"""
STYLES = ".head { border-bottom: 9px solid var(--ad-accent); padding: 2rem } .side { padding: 1rem }"
#: The compulsory blocks by their Danish names, with words that an ad of each language begins with.
BLOCKS = ("Opgaver", "Profil", "Proces og datoer", "Løn og vilkår", "Kontakt")
WORDS = {
    "da": ("Laboranten", "Kom og mål vandet med os.", "Du måler vandet i havnen."),
    "en": ("The technician", "Come and measure the water with us.", "You measure the water in the harbour."),
}


@dataclass
class Writer:
    """A colleague in communications at the editor of one portal."""

    page: Page
    address: str

    def open(self, path: str) -> None:
        """Go to a screen of the admin."""
        self.page.goto(f"{self.address}/admin/{path}")

    def publish(self) -> None:
        """Press the button behind "more actions"; what was refused would stay in the editor with its reasons."""
        with self.page.expect_navigation():
            self.page.locator("button[name=action-publish]").first.evaluate("button => button.click()")
        refused = self.page.locator(".messages .error, .messages .critical").all_inner_texts()
        assert not refused, refused

    def add_block(self, label: str, words: str) -> None:
        """Add one at the end and write in its rich text."""
        self.page.locator(".c-sf-add-button").last.click()
        self.page.get_by_role("option", name=label, exact=True).click()
        text = self.page.locator("[contenteditable=true]").last
        text.click()
        self.page.keyboard.type(words)
        self.page.wait_for_function(
            "words => [...document.querySelectorAll('[name^=body-]')].some(kept => kept.value.includes(words))",
            arg=words,
        )

    def tell_about_the_employer(self, employers_page: int) -> None:
        """A page about us under the employer's own, which gets an introduction and a layout."""
        self.open(f"pages/add/pages/aboutpage/{employers_page}/")
        self.page.fill("#id_title", "Mød os")
        self.page.fill("#id_intro", "Vi er 240, der passer på vandet.")
        self.add_block("Tekst", "Vi holder til ved havnen.")
        self.publish()

    def dress_the_employer(self, employers_page: int, layout: str) -> None:
        """Choose the layout that the employer's page and its ads wear."""
        self.open(f"pages/{employers_page}/edit/")
        self.page.fill("#id_intro", "Vi passer på vandet.")
        self.page.get_by_role("button", name="Vælg layout").click()
        self.page.get_by_role("link", name=layout, exact=True).click()
        self.page.locator("#id_layout-title, [id^=id_layout] .chooser__title").filter(has_text=layout).wait_for()
        self.publish()

    def make_layout(self, name: str, institution: str) -> None:
        """A theme, and under it a template and a stylesheet of one's own."""
        self.open("snippets/pages/adlayout/add/")
        self.page.fill("#id_name", name)
        self.page.select_option("#id_institution", label=institution)
        self.page.fill("#id_accent", "#00504f")
        for field, source in (("markup", TEMPLATE), ("css", STYLES)):
            self.page.locator(f"#id_{field}").evaluate(
                "(area, text) => { area.value = text; area.dispatchEvent(new Event('input', {bubbles: true})) }", source
            )
        self.publish()

    def make_template(self, language: str, institution: str) -> None:
        """Words that an ad of the language begins with."""
        name, intro, words = WORDS[language]
        self.open("snippets/pages/contenttemplate/add/")
        self.page.fill("#id_name", name)
        self.page.select_option("#id_language", language)
        self.page.select_option("#id_institution", label=institution)
        self.page.fill("#id_intro", intro)
        for label in BLOCKS:
            self.add_block(label, f"{words} ({label})")
        self.publish()

    def begin_ad(self, case: object, language: str) -> None:
        """From the template of the language; ends in the editor."""
        self.open(f"ads/new/?case={case}")
        self.page.select_option("select[name=language]", language)
        wanted = self.page.locator("select[name=template] option").filter(has_text=WORDS[language][0])
        self.page.select_option("select[name=template]", wanted.get_attribute("value"))
        self.page.locator("main form button[type=submit]").last.click()
        self.page.wait_for_url("**/admin/pages/*/edit/**")
