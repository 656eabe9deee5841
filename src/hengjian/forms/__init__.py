"""Official forms and reports: a Report in, docx, xlsx or pdf out."""

from hengjian.forms.form import Form
from hengjian.forms.project_self_evaluation import FORM as PROJECT_SELF_EVALUATION

FORMS: dict[str, Form] = {form.code: form for form in (PROJECT_SELF_EVALUATION,)}
"""Every form by its code."""

__all__ = ["FORMS", "Form"]
