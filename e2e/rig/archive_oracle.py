"""Reads an archive as a stranger would: sidecars by the json module, mail by the mailbox module, the bag by RFC 8493.

Knows FORMAT.md and no line of the code that writes archives. Prints one JSON object per message and last one with
what is wrong with the bag. Serves one archive after another: each line of input is the path of one.
"""

import datetime
import hashlib
import json
import mailbox
import os
import re
import sys
import traceback


def main(root):
    with open(os.path.join(root, "travaso.json"), encoding="utf-8") as file:
        mail_format = json.load(file)["mailFormat"]
    mail = os.path.join(root, "data", "mail")
    claimed = set()
    wrong = []
    for name in sorted(os.listdir(mail)):
        if name.endswith(".jsonl"):
            claimed.add(f"data/mail/{name}")
            folder, messages = replay(os.path.join(mail, name))
            read = read_eml if mail_format == "eml" else read_mbox
            for number, octets in read(root, messages, wrong):
                print(json.dumps(fact(folder, messages[number], octets)))
            claimed.update(message["file"] for message in messages.values())
    for kind in ("contacts", "calendars", "tasks", "notes", "files"):
        check_items(root, f"data/{kind}", claimed, wrong)
    check_bag(root, claimed, wrong)
    print(json.dumps({"kind": "bag", "wrong": wrong}))


def replay(path):
    """What the lines of a sidecar add up to: a later line about a message supersedes an earlier one."""
    folder, messages = None, {}
    with open(path, "rb") as file:
        for line in file:
            record = json.loads(line)
            kind = record["record"]
            if kind == "folder":
                folder = record["path"]
            elif kind == "message":
                assert record["number"] not in messages, record
                messages[record["number"]] = {**record, "absentSince": None}
            elif kind == "attributes":
                messages[record["number"]].update(flags=record["flags"], keywords=record["keywords"])
            elif kind == "absent":
                messages[record["number"]]["absentSince"] = record["since"]
            else:
                assert kind in ("generation", "key"), record
    return folder, messages


def check_items(root, directory, claimed, wrong):
    """Each line of an item is a file that hashes to what the line says; no two lines share one."""
    path = os.path.join(root, directory)
    for name in sorted(os.listdir(path)) if os.path.isdir(path) else []:
        if not name.endswith(".jsonl"):
            continue
        claimed.add(f"{directory}/{name}")
        with open(os.path.join(path, name), "rb") as sidecar:
            records = [json.loads(line) for line in sidecar]
        for record in (each for each in records if each["record"] == "item"):
            with open(os.path.join(root, record["file"]), "rb") as file:
                octets = file.read()
            if hashlib.sha256(octets).hexdigest() != record["sha256"] or len(octets) != record["size"]:
                wrong.append(f"{record['file']} is not what its line says")
            if record["file"] in claimed:
                wrong.append(f"{record['file']} is told twice")
            claimed.add(record["file"])


def read_eml(root, messages, wrong):
    for number, message in messages.items():
        with open(os.path.join(root, message["file"]), "rb") as file:
            yield number, file.read()


def read_mbox(root, messages, wrong):
    """The n-th message of a file as Python sees it must be the n-th message of the sidecar for that file."""
    files = {}
    for number in sorted(messages):
        files.setdefault(messages[number]["file"], []).append(number)
    for name, numbers in files.items():
        box = mailbox.mbox(os.path.join(root, name), create=False)
        keys = box.keys()
        if len(keys) != len(numbers):
            wrong.append(f"{name} holds {len(keys)} messages, its sidecar tells of {len(numbers)}")
        for key, number in zip(keys, numbers):
            octets = re.sub(rb"(?m)^>(>*From )", rb"\1", box.get_bytes(key, from_=False))
            # mbox cannot tell whether a message ended in a line end; the sidecar's size does.
            if len(octets) == messages[number]["size"] + 1 and octets.endswith(b"\n"):
                octets = octets[:-1]
            yield number, octets
        box.close()


def fact(folder, message, octets):
    date = message["internalDate"]
    return {
        "kind": "message",
        "folder": folder,
        "number": message["number"],
        "sha256": hashlib.sha256(octets).hexdigest(),
        "size": len(octets),
        "internalDate": None if date is None else int(datetime.datetime.fromisoformat(date).timestamp() * 1000),
        "flags": sorted(message["flags"]),
        "keywords": sorted(message["keywords"]),
        "absent": message["absentSince"] is not None,
    }


def check_bag(root, claimed, wrong):
    def content(name):
        path = os.path.join(root, name)
        if not os.path.isfile(path):
            wrong.append(f"{name} is missing")
            return b""
        with open(path, "rb") as file:
            return file.read()

    if content("bagit.txt") != b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n":
        wrong.append("bagit.txt is not a declaration")
    payload, octets = set(), 0
    for directory, _, names in os.walk(os.path.join(root, "data")):
        for name in names:
            path = os.path.join(directory, name)
            payload.add(os.path.relpath(path, root).replace(os.sep, "/"))
            octets += os.path.getsize(path)
    listed = set(re.findall(r"(?m)^[0-9a-f]{64}  (.+)$", content("manifest-sha256.txt").decode()))
    wrong += [f"{name} is in the manifest and not on disk" for name in sorted(listed - payload)]
    wrong += [f"{name} is on disk and not in the manifest" for name in sorted(payload - listed)]
    # An empty folder leaves an mbox of its own or none; what no sidecar knows may only be that.
    wrong += [f"{name} belongs to no sidecar" for name in sorted(payload - claimed) if octets_of(root, name) > 0]
    oxum = f"Payload-Oxum: {octets}.{len(payload)}".encode()
    if oxum not in content("bag-info.txt").splitlines():
        wrong.append(f"bag-info.txt does not say {oxum.decode()}")
    content("tagmanifest-sha256.txt")
    for name in os.listdir(root):
        # The search index is made beside everything else, and is no part of the archive.
        if name.endswith((".part", ".new", "-journal")) and not name.startswith("search.sqlite"):
            wrong.append(f"{name} was left behind")


def octets_of(root, name):
    return os.path.getsize(os.path.join(root, name))


for line in sys.stdin:
    try:
        main(line.rstrip("\n"))
    except Exception:
        print(json.dumps({"kind": "failure", "reason": traceback.format_exc()}))
    sys.stdout.flush()
