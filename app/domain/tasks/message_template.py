"""Placeholders in a message that a template should have filled in, such as `Hi {{first_name}}`.

Such a message is accepted, since it may be meant; the task has a warning.
"""

import re
from typing import Final

from app.domain.tasks.task_warning import TaskWarning

UNFILLED_TEMPLATE: Final = "UNFILLED_TEMPLATE"
_LONGEST_SHOWN: Final = 40
# Each kind is bounded in length, so that looking for it takes time in the text's length.
_PLACEHOLDER: Final = re.compile(
    r"\{\{[^{}]{0,100}\}\}"
    r"|\$?\{[A-Za-z_][\w .-]{0,60}\}"
    r"|\[[A-Za-z][A-Za-z_]{0,30}(?:[ _-][A-Za-z_]{1,30}){0,3}\]"
    r"|%[A-Za-z][A-Za-z0-9_]{1,40}%"
    r"|\*\|[A-Z0-9_:]{1,40}\|\*",
    re.ASCII,
)


def unfilled_template(message: object) -> TaskWarning | None:
    """The warning for a message with a placeholder left in it."""
    found = _PLACEHOLDER.search(message) if isinstance(message, str) else None
    if found is None:
        return None
    shown = found[0][:_LONGEST_SHOWN]
    sentence = (
        f"The message contains {shown}, which looks like a placeholder that was not filled in."
    )
    return TaskWarning(UNFILLED_TEMPLATE, sentence)
