"""Parses every .eml file below a folder with Python's strict policy and prints each defect as a line."""

import email
import email.policy
import pathlib
import sys


def defects_of(part, name):
    for field in part.keys():
        for defect in getattr(part[field], "defects", ()):
            yield f"{name}: {field}: {type(defect).__name__}"
    for defect in part.defects:
        yield f"{name}: {part.get_content_type()}: {type(defect).__name__}"
    if part.is_multipart():
        for child in part.get_payload():
            yield from defects_of(child, name)
    else:
        part.get_content()


policy = email.policy.default.clone(raise_on_defect=False)
for path in sorted(pathlib.Path(sys.argv[1]).rglob("*.eml")):
    with path.open("rb") as file:
        message = email.message_from_binary_file(file, policy=policy)
    for line in defects_of(message, path.name):
        print(line)
