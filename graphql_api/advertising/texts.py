"""The words of an ad, alike for a posting and for its translations."""

from typing import Annotated, Any

import strawberry

from graphql_api.advertising.addresses import tracked
from graphql_api.advertising.blocks import AdBlock, AdImage, blocks_in
from graphql_api.advertising.postings import ads_of
from graphql_api.context import Info
from graphql_api.enums import Language
from graphql_api.scalars import URL, Html
from recruitment.advertising.addresses import absolute, with_absolute_images
from recruitment.advertising.models import JobAdvertisement

Source = Annotated[
    str | None,
    strawberry.argument(
        description="The code of the portal that shows the ad: its applications are counted as its own."
    ),
]


@strawberry.type
class AdTexts:
    @strawberry.field(description="The language of these words.")
    def language(self, info: Info) -> Language:
        return _ad(self, info).language  # type: ignore[return-value]

    @strawberry.field(description="The job title.")
    def title(self, info: Info) -> str:
        return _ad(self, info).title

    @strawberry.field(description="The ad's headline. Null once the posting has been removed.")
    def headline(self, info: Info) -> str | None:
        return _ad(self, info).headline if _is_open(self) else None

    @strawberry.field(description="The introduction, as plain text. Null once the posting has been removed.")
    def intro(self, info: Info) -> str | None:
        return _ad(self, info).intro or None if _is_open(self) else None

    @strawberry.field(description="The whole ad as HTML. Null once the posting has been removed.")
    def body_html(self, info: Info) -> Html | None:
        return Html(with_absolute_images(_ad(self, info).html)) if _is_open(self) else None

    @strawberry.field(description="The whole ad as plain text. Null once the posting has been removed.")
    def body_text(self, info: Info) -> str | None:
        return _ad(self, info).text if _is_open(self) else None

    @strawberry.field(description="The ad part by part, in its order. Empty once the posting has been removed.")
    def blocks(self, info: Info) -> list[AdBlock]:
        return blocks_in(_ad(self, info).blocks) if _is_open(self) else []

    @strawberry.field(description="The ad's picture.")
    def image(self, info: Info) -> AdImage | None:
        address = _ad(self, info).image_url
        return AdImage(url=URL(absolute(address)), alt="") if address and _is_open(self) else None

    @strawberry.field(description="Where the ad can be read.")
    def url(self, info: Info, source: Source = strawberry.UNSET) -> URL:
        return URL(tracked(_ad(self, info).url, _posting(self), source or None))


@strawberry.type(description="A posting's ad in another of its languages.")
class JobPostingTranslation(AdTexts):
    ad: strawberry.Private[JobAdvertisement]
    posting: strawberry.Private[Any]


def _ad(shown: Any, info: Info) -> JobAdvertisement:
    return shown.ad if isinstance(shown, JobPostingTranslation) else ads_of(shown, info)[0]


def _posting(shown: Any) -> Any:
    return shown.posting if isinstance(shown, JobPostingTranslation) else shown


def _is_open(shown: Any) -> bool:
    return bool(_posting(shown).is_open)
