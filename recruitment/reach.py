"""How a row can be reached: which lookups lead from it to its institution, unit, case and owner."""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Reach:
    """Lookups from a model to what decides who sees it. Empty where the model has no such tie.

    `institution` and `case` lead to a primary key, `unit` to a materialised path, `owner` to the applicant's user.
    A row that is shared by all institutions has a null institution and is reached only where `shared` is true.
    """

    institution: str = ""
    unit: str = ""
    case: str = ""
    owner: str = ""
    shared: bool = False


#: What is the applicant's, and what is only about them. And what belongs to a round of a case.
OF_APPLICATION = Reach(
    institution="application__case__institution", unit="application__case__unit__path", case="application__case",
    owner="application__candidate__user",
)  # fmt: skip
ABOUT_APPLICATION = replace(OF_APPLICATION, owner="")
WITHIN_ROUND = Reach(institution="round__case__institution", unit="round__case__unit__path", case="round__case")
