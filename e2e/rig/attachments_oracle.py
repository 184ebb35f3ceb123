"""Names and SHA-256 of the attached files of well-formed mail, as Python's email package reads them.

Usage: attachments_oracle.py FOLDER < ["name.eml", …]
"""

import email
import email.policy
import hashlib
import json
import pathlib
import sys


def attachments(part):
    """Files of a message, not of the mails within it; None where anything is malformed."""
    if part.defects:
        return None
    if part.get_content_type() == "message/rfc822":
        return []
    if part.is_multipart():
        found = []
        for child in part.iter_parts():
            inner = attachments(child)
            if inner is None:
                return None
            found += inner
        return found
    name = part.get_filename()
    if name is None or not part.is_attachment():
        return []
    # The package does not know "base64 " with a blank behind it.
    encoding = str(part.get("content-transfer-encoding", "")).strip()
    del part["content-transfer-encoding"]
    part["content-transfer-encoding"] = encoding
    return [[pathlib.PurePosixPath(name).name, hashlib.sha256(part.get_payload(decode=True)).hexdigest()]]


folder = pathlib.Path(sys.argv[1])
answer = {}
for name in json.load(sys.stdin):
    message = email.message_from_bytes((folder / name).read_bytes(), policy=email.policy.default)
    try:
        found = attachments(message)
    except Exception:  # The package itself stumbles over some of the corpus.
        continue
    if found:
        answer[name] = found
json.dump(answer, sys.stdout)
