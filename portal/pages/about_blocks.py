"""Blocks of an employer's own pages: who works there, how one is hired, what people ask."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

from portal.pages.blocks import TidyRichText, kind_block
from recruitment.advertising.blocks import BLOCKS

WORDS = ["h3", "bold", "italic", "ol", "ul", "link"]
PLAIN = ["bold", "italic", "ol", "ul", "link"]


class PersonBlock(blocks.StructBlock):
    """Somebody to meet."""

    name = blocks.CharBlock(label=_("Name"), max_length=120)
    title = blocks.CharBlock(label=_("Title"), max_length=160, required=False)
    picture = ImageBlock(label=_("Picture"), required=False)
    words = TidyRichText(label=_("In their own words"), features=PLAIN, required=False)
    phone = blocks.CharBlock(label=_("Telephone"), max_length=40, required=False)
    email = blocks.EmailBlock(label=_("E-mail"), required=False)

    class Meta:
        icon = "user"
        label = _("Person")


class PeopleBlock(blocks.StructBlock):
    """A team, or the people one may call."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=160)
    words = TidyRichText(label=_("Text"), features=PLAIN, required=False)
    people = blocks.ListBlock(PersonBlock(), label=_("People"), min_num=1, max_num=40)

    class Meta:
        icon = "group"
        label = _("People or a team")
        template = "pages/about/people.html"


class StepBlock(blocks.StructBlock):
    """One step on the way to the job."""

    title = blocks.CharBlock(label=_("Step"), max_length=120)
    words = TidyRichText(label=_("What happens"), features=PLAIN)

    class Meta:
        icon = "list-ol"


class StepsBlock(blocks.StructBlock):
    """How one is hired here, in order."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=160)
    steps = blocks.ListBlock(StepBlock(), label=_("Steps"), min_num=2, max_num=12)

    class Meta:
        icon = "list-ol"
        label = _("The process, step by step")
        template = "pages/about/steps.html"


class QuestionBlock(blocks.StructBlock):
    """A question and its answer."""

    question = blocks.CharBlock(label=_("Question"), max_length=240)
    answer = TidyRichText(label=_("Answer"), features=PLAIN)

    class Meta:
        icon = "help"


class QuestionsBlock(blocks.StructBlock):
    """What people ask before they apply; each answer folds out."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=160)
    questions = blocks.ListBlock(QuestionBlock(), label=_("Questions"), min_num=1, max_num=40)

    class Meta:
        icon = "help"
        label = _("Questions and answers")
        template = "pages/about/questions.html"


class AboutBlocks(blocks.StreamBlock):
    """Everything such a page may hold, in any order."""

    text = TidyRichText(features=["h2", *WORDS], label=_("Text"), icon="pilcrow", template="pages/about/text.html")
    people = PeopleBlock()
    steps = StepsBlock()
    questions = QuestionsBlock()
    quote = kind_block(BLOCKS["quote"])
    image = kind_block(BLOCKS["image"])
    video = kind_block(BLOCKS["video"])

    class Meta:
        required = False
