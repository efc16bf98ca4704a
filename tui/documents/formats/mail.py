"""Mail: a document ready to be sent: an .eml file with the Word file attached.

A mail program opens it as a draft; nothing is sent from here. Attached is the version that was
issued last, where there is one.
"""

from __future__ import annotations

from email.message import EmailMessage
from hashlib import sha256
from typing import NamedTuple

from models.text.words import W, say
from tui.documents.frame import DocumentSubject
from tui.documents.record_text import RecordText, clean

SUBJECT = W("{title}：{project}（{number}）", "{title}: {project} ({number})")
BODY = W(
    "您好！\n\n现提交{title}（{number}，{version}），见附件。请审阅，并以邮件答复是否同意或提出意见。\n\n"
    "项目：{project}\n客户：{customer}\n\n{sender}\n{organisation}\n",
    "Dear customer,\n\nPlease find attached the {title} ({number}, {version}). Kindly review it and"
    " answer by mail whether you agree, or with your remarks.\n\n"
    "Project: {project}\nCustomer: {customer}\n\n{sender}\n{organisation}\n",
)
WORD = ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document")


class MailDocument(NamedTuple):
    """The Word file that a mail carries."""

    name: str
    content: bytes
    version: str


def message(reading: RecordText, subject: DocumentSubject, file: MailDocument) -> bytes:
    """The mail as the bytes of an .eml file; the same file and words give the same bytes."""
    project = subject.project
    customer = reading.book.find(project.customer or "") if project is not None else None
    said = {
        "title": str(subject.layout.title),
        "number": clean(subject.number),
        "version": clean(file.version),
        "project": clean(project.title()) if project is not None else "",
        "customer": clean(customer.title()) if customer is not None else "",
        "sender": reading.person(reading.book.me),
        "organisation": clean(reading.organisation),
    }
    mail = EmailMessage()
    mail["Subject"] = " ".join(say(SUBJECT, **said).split())
    mail["X-Unsent"] = "1"  # mail programs open it for editing
    mail.set_content(say(BODY, **said))
    mail.add_attachment(file.content, *WORD, filename=file.name)
    mail.set_boundary(sha256(file.content).hexdigest())
    return mail.as_bytes()
