"""One answer, one transaction: bounded in time, and gone whole when its audit entries cannot be written."""

from collections.abc import Iterator

from django.db import DatabaseError, connection, transaction
from graphql import GraphQLError
from strawberry import Schema
from strawberry.extensions import SchemaExtension
from strawberry.types import ExecutionContext

from graphql_api.context import Context

LONGEST_STATEMENT = 5_000  # milliseconds


class OneTransaction(SchemaExtension):
    """Runs the operation in a transaction whose statements may take five seconds each, and writes who saw what."""

    def on_execute(self) -> Iterator[None]:
        """Around the resolvers. An error of the database inside fails the whole answer, not a field of it."""
        context: Context = self.execution_context.context
        context.document = self.execution_context.graphql_document
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('statement_timeout', %s, true)", [str(LONGEST_STATEMENT)])
            yield
            self._raise_database_error()
            context.reads.write(context.actor, self.execution_context.operation_name)

    def _raise_database_error(self) -> None:
        result = self.execution_context.result
        for error in (result.errors if result else None) or ():
            if isinstance(error.original_error, DatabaseError):
                raise error.original_error


class QuietSchema(Schema):
    """Leaves logging to the view, which writes one line an answer instead of one a faulty field."""

    def process_errors(self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None) -> None:
        """Nothing: see `errors.told`."""
