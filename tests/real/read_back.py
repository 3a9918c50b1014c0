#!/usr/bin/env python3
"""Read one message file with Python's own parser and print it as JSON.

usage: read_back.py FILE

A second opinion on what was sent: nothing here shares code with the composer.
Attached messages (message/*) are hashed with CRLF line ends, as they travelled.
"""

import hashlib
import json
import sys
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from typing import Iterator


def leaves(part: EmailMessage) -> Iterator[EmailMessage]:
    """The parts that hold content; an attached message counts as one."""
    if part.get_content_maintype() == "multipart":
        for child in part.iter_parts():
            yield from leaves(child)
    else:
        yield part


def content(part: EmailMessage) -> bytes:
    if part.get_content_maintype() == "message" and part.is_multipart():
        untouched = policy.default.clone(linesep="\r\n", refold_source="none")
        return part.get_payload(0).as_bytes(policy=untouched)
    return part.get_payload(decode=True) or b""


def describe(part: EmailMessage) -> dict:
    data = content(part)
    return {
        "filename": part.get_filename(),
        "content_type": part.get_content_type(),
        "size": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
    }


def main() -> None:
    with open(sys.argv[1], "rb") as file:
        message = BytesParser(policy=policy.default).parse(file)
    parts = list(leaves(message))
    body = message.get_body(preferencelist=("plain",))

    def header(name: str):
        for key, raw in message.raw_items():
            if key.lower() == name.lower():
                # Raw UTF-8 is right in an SMTPUTF8 message; the parser, made
                # for ASCII, would show replacement characters.
                value = raw.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
                return str(policy.default.header_factory(key, "".join(value.splitlines())))
        return None

    found = {
        "from": header("From"),
        "to": header("To"),
        "cc": header("Cc"),
        "bcc": header("Bcc"),
        "subject": header("Subject"),
        "message_id": header("Message-ID"),
        "date": header("Date"),
        "text": None if body is None else body.get_content(),
        "attachments": [
            describe(part)
            for part in parts
            if part is not body and (part.is_attachment() or part.get_filename())
        ],
        "header_names": message.keys(),
        # What the parser found wrong, in the headers and in the parts.
        "defects": [
            type(defect).__name__
            for part in message.walk()
            for source in (part, *part.values())
            for defect in source.defects
        ],
    }
    json.dump(found, sys.stdout, ensure_ascii=False)
    print()


if __name__ == "__main__":
    main()
