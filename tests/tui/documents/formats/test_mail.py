"""Mail: a draft with the Word file, whatever was typed into its words."""

from __future__ import annotations

import email
import email.policy
from email.message import EmailMessage

from models.text.words import language
from tests.tui.documents.conftest import ODD, Scene
from tui.documents import registry
from tui.documents.document import RECORD
from tui.documents.formats import mail
from tui.documents.formats.mail import MailDocument

FILE = MailDocument("处置.docx", b"PK-content", "V1.0")


def read(content: bytes) -> EmailMessage:
    """The mail as a mail program reads it."""
    return email.message_from_bytes(content, policy=email.policy.default)


def test_a_mail_is_a_draft_with_the_file(scene: Scene) -> None:
    subject = registry.subject_of(scene.reading, RECORD, scene.open)
    raw = mail.message(scene.reading, subject, FILE)
    found = read(raw)
    assert found["X-Unsent"] == "1" and scene.open.number in found["Subject"]
    body = found.get_body()
    assert body is not None and "V1.0" in body.get_content() and "请审阅" in body.get_content()
    (file,) = found.iter_attachments()
    assert (file.get_filename(), file.get_content()) == ("处置.docx", b"PK-content")
    assert mail.message(scene.reading, subject, FILE) == raw  # the same again
    language.now = "en"
    english = read(mail.message(scene.reading, subject, FILE)).get_body()
    assert english is not None and "Kindly review" in english.get_content()


def test_what_people_typed_adds_no_header(scene: Scene) -> None:
    scene.workspace.book.edit(scene.project.id, {"name": "轨道 Bcc: 别人"})
    scene.workspace.store.db.execute_sql(
        "UPDATE project SET name=?", (f"轨道\r\nBcc: a@b.example\r\n{ODD}",)
    )
    subject = registry.subject_of(scene.reading, RECORD, scene.open)
    found = read(mail.message(scene.reading, subject, FILE))
    assert found["Bcc"] is None and "轨道" in found["Subject"]
