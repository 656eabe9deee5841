"""The register of official forms and reports."""

from __future__ import annotations

from hengjian.forms.base_data import FORM as BASE_DATA
from hengjian.forms.form import Form
from hengjian.forms.narrative import narratives
from hengjian.forms.overall_self_evaluation import FORM as OVERALL_SELF_EVALUATION
from hengjian.forms.project_self_evaluation import COST_2021
from hengjian.forms.project_self_evaluation import FORM as PROJECT_SELF_EVALUATION
from hengjian.forms.project_self_evaluation_sichuan import FORM as PROJECT_SELF_EVALUATION_SICHUAN
from hengjian.forms.project_targets import FORM as PROJECT_TARGETS

_DECLARED: dict[str, Form] = {
    form.code: form
    for form in (
        PROJECT_TARGETS,
        PROJECT_SELF_EVALUATION,
        COST_2021,
        PROJECT_SELF_EVALUATION_SICHUAN,
        OVERALL_SELF_EVALUATION,
        BASE_DATA,
    )
}
FORMS: dict[str, Form] = {**_DECLARED, **{form.code: form for form in narratives(_DECLARED)}}
"""Every form by its code."""
