"""The schema is a contract: reviewed as a text, described to the last value, and no list in it can grow without end."""

import re
from pathlib import Path

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLScalarType,
    build_schema,
    get_named_type,
    is_leaf_type,
    is_specified_directive,
    is_specified_scalar_type,
    validate_schema,
)

from graphql_api.advertising.blocks import BLOCK_TYPES
from graphql_api.columns import columns_by_field
from graphql_api.schema import schema
from graphql_api.sdl import schema_text
from recruitment.advertising.blocks import BLOCKS, FieldKind
from recruitment.applications.models import Application
from recruitment.cases.models import RecruitmentCase

SNAPSHOT = Path(__file__).parent / "schema.graphql"
BUILT = schema._schema
OURS = {
    name: kind
    for name, kind in BUILT.type_map.items()
    if not name.startswith("__") and not is_specified_scalar_type(kind)
}
#: Lists of objects that are not connections, and what bounds each. Rows that come from a table are cut at `cohort.MOST`.
SHORT_LISTS = {
    "Query.nodes": "as many as ids were given, a hundred at most",
    "Application.answers": "the questions of one form",
    "Application.documents": "forty megabytes of files",
    "JobPosting.blocks": "the blocks of one ad",
    "JobPosting.contacts": "the contacts of one ad",
    "JobPosting.translations": "the languages of one ad",
    "JobPosting.agreements": "the agreements of one post",
    "JobPosting.workplaces": "the workplaces of one post",
    "JobPostingTranslation.blocks": "the blocks of one ad",
    "RecruitmentCase.agreements": "the agreements of one post",
    "RecruitmentCase.workplaces": "the workplaces of one post",
    "RecruitmentCase.rounds": "a call for applications and its repetitions",
    "CaseRound.publications": "a medium once a round",
    "MediaResponse.rows": "a row a medium",
}


def test_the_schema_is_the_reviewed_one():
    """After a change that is meant: manage.py export_schema graphql_api.schema:schema --path tests/graphql_api/schema.graphql."""
    assert schema_text(schema) == SNAPSHOT.read_text(encoding="utf-8")


def test_the_text_can_be_read_back_as_a_valid_schema():
    assert validate_schema(build_schema(SNAPSHOT.read_text(encoding="utf-8"))) == []


def test_every_type_field_argument_and_value_is_described():
    lacking = [name for name, kind in OURS.items() if not kind.description]
    for name, kind in OURS.items():
        if isinstance(kind, GraphQLEnumType):
            lacking += [f"{name}.{value}" for value, about in kind.values.items() if not about.description]
        for field, about in getattr(kind, "fields", {}).items():
            lacking += [] if about.description else [f"{name}.{field}"]
            arguments = getattr(about, "args", {})
            lacking += [f"{name}.{field}({arg})" for arg, told in arguments.items() if not told.description]
    for directive in BUILT.directives:
        if not is_specified_directive(directive):
            lacking += [] if directive.description else [f"@{directive.name}"]

    assert lacking == []


def lists_of_objects():
    for name, kind in OURS.items():
        if not isinstance(kind, GraphQLObjectType) or name.endswith(("Connection", "Edge")):
            continue
        for field, about in kind.fields.items():
            bare = about.type.of_type if isinstance(about.type, GraphQLNonNull) else about.type
            if isinstance(bare, GraphQLList) and not is_leaf_type(get_named_type(about.type)):
                yield f"{name}.{field}"


def test_every_list_of_rows_is_a_connection_or_short_by_nature():
    assert set(lists_of_objects()) == set(SHORT_LISTS)


def test_every_connection_is_read_by_pages():
    for kind in OURS.values():
        for field, about in getattr(kind, "fields", {}).items():
            if get_named_type(about.type).name.endswith("Connection"):
                own = [name for name in about.args if name not in {"first", "after", "last", "before"}]
                assert list(about.args) == [*own, "first", "after", "last", "before"], field
                assert own in ([], ["filter"], ["filter", "orderBy"]), field


def test_a_row_leads_to_rows_and_not_to_their_numbers():
    numbers = {
        f"{name}.{field}"
        for name, kind in OURS.items()
        if isinstance(kind, GraphQLObjectType)
        for field in kind.fields
        if re.search(r"Ids?$", field)
    }

    assert numbers == {"JobPosting.legacyId"}  # the number the older feeds know an ad by; it leads to no row of ours


def test_nothing_of_the_page_tree_or_the_disk_is_shown():
    fields = {field.lower() for kind in OURS.values() for field in getattr(kind, "fields", {})}

    assert not fields & {"path", "depth", "numchild", "treepath", "filepath", "storage", "contenttype_id", "pk"}


def test_scalars_say_where_they_are_defined_and_none_holds_just_anything():
    scalars = {name: kind for name, kind in OURS.items() if isinstance(kind, GraphQLScalarType)}

    assert set(scalars) == {"Date", "DateTime", "Decimal", "EmailAddress", "Html", "URL"}
    assert [name for name, kind in scalars.items() if not kind.specified_by_url] == []


def test_what_may_be_hidden_is_nullable():
    for name, kind in OURS.items():
        for field, about in getattr(kind, "fields", {}).items():
            if "Requires the scope" in (about.description or ""):
                assert not isinstance(about.type, GraphQLNonNull), f"{name}.{field}"


def test_roots_can_fail_alone():
    assert [name for name, field in BUILT.query_type.fields.items() if isinstance(field.type, GraphQLNonNull)] == [
        "nodes"
    ]


def test_nobody_has_a_gender_an_age_or_a_number():
    names = {field.lower() for kind in OURS.values() for field in getattr(kind, "fields", {})}

    assert not names & {
        "gender",
        "sex",
        "birthdate",
        "dateofbirth",
        "age",
        "cpr",
        "cprnumber",
        "nationality",
        "photo",
        "maritalstatus",
    }


@pytest.mark.parametrize("kind", BLOCKS.values(), ids=lambda kind: kind.code)
def test_every_kind_of_block_has_a_type_with_its_fields(kind):
    built = BUILT.type_map[kind.type_name]

    assert BLOCK_TYPES[kind.code].__name__ == kind.type_name
    assert [interface.name for interface in built.interfaces] == ["AdBlock"]
    assert list(built.fields) == ["id", "kind", *(field.name for field in kind.fields)]
    shapes = {
        FieldKind.LINE: "String",
        FieldKind.RICH: "RichText",
        FieldKind.LINES: "[String!]!",
        FieldKind.IMAGE: "AdImage",
        FieldKind.URL: "URL",
    }
    assert [str(built.fields[f.name].type) for f in kind.fields] == [shapes[f.kind] for f in kind.fields]


def test_inputs_and_interfaces_are_few_and_known():
    interfaces = {name for name, kind in OURS.items() if isinstance(kind, GraphQLInterfaceType)}
    inputs = {name for name, kind in OURS.items() if isinstance(kind, GraphQLInputObjectType)}

    assert interfaces == {"Node", "AdBlock"}
    assert all(name.endswith(("Filter", "Order", "Radius", "Range")) for name in inputs)


@pytest.mark.parametrize(("kind", "model"), [("RecruitmentCase", RecruitmentCase), ("Application", Application)])
def test_what_a_field_needs_of_a_wide_row_are_columns_of_it(kind, model):
    needed = {column for columns in columns_by_field(schema, kind).values() for column in columns}

    assert needed <= {field.name for field in model._meta.concrete_fields}


class TestAddress:
    """/graphql/schema.graphql"""

    def test_the_schema_is_served_with_a_mark_by_which_to_ask_again(self, client, db):
        first = client.get("/graphql/schema.graphql")
        again = client.get("/graphql/schema.graphql", headers={"If-None-Match": first["ETag"]})

        assert (first.status_code, first.content.decode()) == (200, schema_text(schema))
        assert first["Content-Type"] == "application/graphql; charset=utf-8"
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])

    def test_other_sites_may_read_it(self, client, db):
        answer = client.get("/graphql/schema.graphql", headers={"Origin": "https://portal.example"})

        assert answer["Access-Control-Allow-Origin"] == "*"

    def test_it_can_only_be_read(self, client, db):
        assert client.post("/graphql/schema.graphql").status_code == 405
