"""The tables of the room: what is asked, who answers, what they answered."""

from merida.review.questionnaires.models.answering import (
    Answer,
    Attachment,
    Consent,
    PublishedAnswer,
    Remark,
    RemarkAudience,
    Revision,
    Stage,
    WhyAside,
)
from merida.review.questionnaires.models.asking import (
    AskedQuestion,
    Delegation,
    Questionnaire,
    Reminder,
    Response,
    ResponseStage,
    SectionCount,
    Version,
)

__all__ = [
    "Answer",
    "AskedQuestion",
    "Attachment",
    "Consent",
    "Delegation",
    "PublishedAnswer",
    "Questionnaire",
    "Remark",
    "RemarkAudience",
    "Reminder",
    "Response",
    "ResponseStage",
    "Revision",
    "SectionCount",
    "Stage",
    "Version",
    "WhyAside",
]
