"""A pack: what is in it by name, size and checksum (more with each pack's own tests)."""

from __future__ import annotations

from tui.documents.document_pack import plain_name


def test_no_name_leads_out_of_its_folder() -> None:
    assert plain_name("../../etc/passwd") == "_.._etc_passwd"
    assert plain_name("") == "_" and len(plain_name("长" * 300)) == 80
