"""The ground that benchmarks stand on: an empty database, migrated, with one employer and as many ads as wanted.

`with scratch():` makes the database beside the one that DATABASE_URL names and drops it afterwards.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")

import django

django.setup()

import time  # noqa: E402 - Django must be ready

from django.conf import settings  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.db.models import Model  # noqa: E402

from portal.platform.migration import migrate  # noqa: E402
from recruitment.advertising.models import JobAdvertisement, Publication, SearchEntry  # noqa: E402
from recruitment.advertising.words import grams  # noqa: E402
from recruitment.cases.models import RecruitmentCase  # noqa: E402
from recruitment.cases.profile import AdvertisementRound  # noqa: E402
from tests.database import administer, use  # noqa: E402
from tests.factories.world import make_world  # noqa: E402

NAME = "benchmark"
KINDS = (
    "Fuldmægtig", "Specialkonsulent", "Softwareudvikler", "Sygeplejerske", "Kontorchef", "Folkeskolelærer", "Studentermedhjælper",
    "Vejingeniør", "Pædagog", "Jurist", "Økonomimedarbejder", "Kommunikationskonsulent", "Adjunkt", "Laborant", "Driftsleder",
)  # fmt: skip
FIELDS = (
    "tilsyn", "databeskyttelse", "forsyning", "indkøb", "beredskab", "byggesager", "arbejdsmiljø", "havmiljø", "skat",
    "sundhedsdata", "socialret", "trafik", "undervisning", "forskning", "digitalisering", "personalejura", "klima",
)  # fmt: skip
TEXT = "Du får en plads i et hold, der {0} til gavn for borgerne. Vi lægger vægt på {1} og {2}, og at du kan skrive klart. "
CHUNK = 5_000


@contextmanager
def scratch() -> Iterator[None]:
    """An empty migrated database."""
    usual = settings.DATABASES["default"]["NAME"]
    administer(f'drop database if exists "{NAME}" with (force)', f'create database "{NAME}"')
    use(NAME)
    try:
        migrate()
        yield
    finally:
        use(usual)
        administer(f'drop database if exists "{NAME}" with (force)')


def copies(row: Model, number: int, **varied: str) -> None:
    """So many copies of a row, by the database itself; `varied` are SQL expressions of `n` for what must differ."""
    table = row._meta.db_table
    columns = [field.column for field in row._meta.concrete_fields if field.column in varied or not field.primary_key]
    shown = ", ".join(varied.get(column, f'"{column}"') for column in columns)
    named = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{table}" ({named}) SELECT {shown} FROM "{table}", generate_series(1, %s) AS n WHERE "{row._meta.pk.column}" = %s',
            [number, row.pk],
        )


def many_ads(number: int) -> None:
    """So many live ads of different headlines, towns, hours and deadlines, each of a case of its own."""
    world = make_world()
    ad = JobAdvertisement.objects.get(round=world.application.round)
    case, round_ = ad.round.case, ad.round
    live = Publication.objects.get(round=round_, medium__code="SITE")
    with transaction.atomic():
        copies(
            case, number, id="gen_random_uuid()", case_number="'M-' || n",
            working_time="(ARRAY['FULL_TIME','PART_TIME'])[1 + mod(n, 2)]",
        )  # fmt: skip
        mark = RecruitmentCase.objects.filter(case_number__startswith="M-")
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO recruitment_recruitmentcase_workplaces (recruitmentcase_id, workplace_id) SELECT id, %s FROM recruitment_recruitmentcase WHERE case_number LIKE 'M-%%'",
                [world.ours.workplace.pk],
            )
        numbers = list(mark.order_by("case_number").values_list("pk", flat=True))
        _rounds(round_, live, ad, numbers)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _rounds(round_: AdvertisementRound, live: Publication, ad: JobAdvertisement, cases: list[object]) -> None:
    for start in range(0, len(cases), CHUNK):
        part = cases[start : start + CHUNK]
        rounds = AdvertisementRound.objects.bulk_create(
            AdvertisementRound(
                case_id=case, opens_at=round_.opens_at, application_deadline=round_.application_deadline.replace(microsecond=n),
            )
            for n, case in enumerate(part)
        )  # fmt: skip
        Publication.objects.bulk_create(
            Publication(
                round=each, medium_id=live.medium_id, state="LIVE", live_at=live.live_at, publish_from=live.publish_from,
                publish_until=None, cost_amount=0,
            )
            for each in rounds
        )  # fmt: skip
        ads = JobAdvertisement.objects.bulk_create(written(ad, each, start + n) for n, each in enumerate(rounds))
        SearchEntry.objects.bulk_create(
            SearchEntry(advertisement=each, document="", title_grams=grams(each.headline)) for each in ads
        )
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE recruitment_searchentry AS e SET document = setweight(to_tsvector('danish', a.headline), 'A')
               || setweight(to_tsvector('danish', a.intro), 'B') || setweight(to_tsvector('danish', a.text), 'C')
               FROM recruitment_jobadvertisement AS a WHERE a.id = e.advertisement_id AND e.document = ''::tsvector"""
        )


def written(like: JobAdvertisement, round_: AdvertisementRound, n: int) -> JobAdvertisement:
    kind, field = KINDS[n % len(KINDS)], FIELDS[n // len(KINDS) % len(FIELDS)]
    others = FIELDS[n % 7], FIELDS[7 + n % 9]
    text = TEXT.format(field, *others) * 8
    return JobAdvertisement(
        round=round_, language="da", version=1, title=f"{kind} til {field}", headline=f"{kind} til {field} nr. {n}",
        intro=f"Vil du arbejde med {field}?", blocks=[], facts={}, html=f"<p>{text}</p>", text=text,
        url=f"https://portal.example/{n}/", published_at=like.published_at,
    )  # fmt: skip


def cheapest(deed: Callable[[], object], rounds: int) -> tuple[float, float]:
    """Milliseconds of this process's CPU and on the clock, each the least of so many rounds."""
    spent = []
    for _ in range(rounds):
        cpu, clock = time.process_time(), time.perf_counter()
        deed()
        spent.append((time.process_time() - cpu, time.perf_counter() - clock))
    return min(c for c, _ in spent) * 1000, min(t for _, t in spent) * 1000
