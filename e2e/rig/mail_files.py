"""Writes mail into files with Python's own mailbox and tarfile modules, and tells what it reads back from them.

Reads one JSON object from standard input: {"kind", "root", "staged": [{"file", "folder", "date", "flags", "keywords"}]}
and prints one JSON fact per line: {"folder", "sha256", "size", "internalDate", "flags", "keywords"}.
"""

import hashlib
import io
import json
import mailbox
import os
import sys
import tarfile
import time

job = json.load(sys.stdin)
root = job["root"]
staged = job["staged"]


def octets_of(message):
    with open(message["file"], "rb") as file:
        return file.read()


def tell(message, octets):
    print(json.dumps({
        "folder": message["folder"],
        "sha256": hashlib.sha256(octets).hexdigest(),
        "size": len(octets),
        "internalDate": message["date"] * 1000,
        "flags": sorted(message["flags"]),
        "keywords": sorted(message["keywords"]),
    }))


def by_folder():
    folders = {}
    for message in staged:
        folders.setdefault(tuple(message["folder"]), []).append(message)
    return folders


def separator(sender, date):
    return b"From %s %s\n" % (sender.encode(), time.asctime(time.gmtime(date)).encode())


def unix_notes(message):
    flags = message["flags"]
    status = ("R" if "\\Seen" in flags else "") + "O"
    letters = {"\\Answered": "A", "\\Flagged": "F", "\\Draft": "T", "\\Deleted": "D"}
    x_status = "".join(letter for flag, letter in letters.items() if flag in flags)
    notes = "Status: %s\nX-Status: %s\n" % (status, x_status)
    if message["keywords"]:
        notes += "X-Keywords: %s\n" % " ".join(message["keywords"])
    return notes.encode()


def thunderbird_notes(message):
    flags = message["flags"]
    status = (1 if "\\Seen" in flags else 0) | (2 if "\\Answered" in flags else 0) | (4 if "\\Flagged" in flags else 0)
    status |= 0x1000 if "$Forwarded" in message["keywords"] else 0
    status2 = (0x00200000 if "\\Deleted" in flags else 0) | (0x00800000 if "$MDNSent" in message["keywords"] else 0)
    keys = " ".join(k for k in message["keywords"] if k not in ("$Forwarded", "$MDNSent"))
    return b"X-Mozilla-Status: %04x\nX-Mozilla-Status2: %08x\nX-Mozilla-Keys: %-80s\n" % (status, status2, keys.encode())


def write_mbox(path, messages, sender, notes):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    box = mailbox.mbox(path)
    for message in messages:
        # The module writes LF line ends and quotes "From " lines; what it reads back is the truth.
        box.add(separator(sender, message["date"]) + notes(message) + octets_of(message))
    box.flush()
    reread = mailbox.mbox(path)
    for key, message in zip(reread.keys(), messages, strict=True):
        start, stop = reread._lookup(key)
        reread._file.seek(start)
        reread._file.readline()
        tell(message, reread._file.read(stop - reread._file.tell()))
    reread.close()
    box.close()


def mbox():
    for folder, messages in by_folder().items():
        write_mbox(os.path.join(root, *folder) + ".mbox", messages, "mittente@esempio.it", unix_notes)


def thunderbird():
    os.makedirs(root, exist_ok=True)
    for folder, messages in by_folder().items():
        path = os.path.join(root, *[name + ".sbd" for name in folder[:-1]], folder[-1])
        write_mbox(path, messages, "-", thunderbird_notes)
        with open(path + ".msf", "w") as index:
            index.write("// <!-- <mdb:mork:z v=\"1.4\"/> -->\n")


def eml():
    for number, message in enumerate(staged):
        path = os.path.join(root, *message["folder"])
        os.makedirs(path, exist_ok=True)
        octets = octets_of(message)
        name = os.path.join(path, "%05d.eml" % number)
        with open(name, "wb") as file:
            file.write(octets)
        os.utime(name, (message["date"], message["date"]))
        tell(message, octets)


def maildir():
    letters = {"\\Draft": "D", "\\Flagged": "F", "\\Answered": "R", "\\Seen": "S", "\\Deleted": "T", "$Forwarded": "P"}
    top = mailbox.Maildir(root)
    for folder, messages in by_folder().items():
        box = top if folder == ("INBOX",) else top.add_folder(".".join(folder))
        for message in messages:
            key = box.add(octets_of(message))
            info = "".join(sorted(letter for flag, letter in letters.items() if flag in message["flags"] + message["keywords"]))
            name = os.path.join(box._path, "cur", key + ":2," + info)
            os.rename(os.path.join(box._path, "new", key), name)
            os.utime(name, (message["date"], message["date"]))
            with open(name, "rb") as file:
                tell({**message, "keywords": [k for k in message["keywords"] if k == "$Forwarded"]}, file.read())


def zimbra_flags(message):
    letters = {"\\Flagged": "f", "\\Answered": "r", "\\Draft": "d", "\\Deleted": "x"}
    found = "".join(letter for flag, letter in letters.items() if flag in message["flags"])
    found += "" if "\\Seen" in message["flags"] else "u"
    return found + ("w" if "$Forwarded" in message["keywords"] else "") + ("n" if "$MDNSent" in message["keywords"] else "")


def zimbra():
    """As ArchiveFormatter writes it: `.meta` first, directories split every 500 items, names cut and cleaned."""
    counts = {}
    with tarfile.open(root, job.get("mode", "w:gz"), format=tarfile.GNU_FORMAT) as archive:
        def add(name, octets, date, unread=False, group=""):
            info = tarfile.TarInfo(name)
            info.size, info.mtime, info.gname = len(octets), date, group
            info.mode = 0o400 if unread else 0o600
            archive.addfile(info, io.BytesIO(octets))

        for number, message in enumerate(staged):
            folder = ["Inbox" if name == "INBOX" else name for name in message["folder"]]
            split = counts.get(tuple(folder), 0) // job.get("split", 500)
            counts[tuple(folder)] = counts.get(tuple(folder), 0) + 1
            clean = "/".join("".join("_" if c in '*?"<>|:\\' else c for c in name) for name in folder)
            octets = octets_of(message)
            path = "%s%s/%010d-%s.eml" % (clean, "!%d" % split if split else "", 257 + number, "Oggetto " + "x" * 110)
            tags = [k for k in message["keywords"] if k not in ("$Forwarded", "$MDNSent")]
            meta = {
                "id": 257 + number, "type": 5, "folder_id": 2, "date": message["date"], "size": len(octets),
                "blob_digest": hashlib.sha256(octets).hexdigest(), "unread": 0 if "\\Seen" in message["flags"] else 1,
                "flags": 0, "subject": "x", "FlagStr": zimbra_flags(message), "Path": "/" + "/".join(folder),
                "TagNames": ":".join(tag.replace("\\", "\\\\").replace(":", "\\:") for tag in tags), "Ver": 10,
            }
            add(path + ".meta", json.dumps(meta).encode(), message["date"])
            add(path, octets, message["date"], "\\Seen" not in message["flags"], "message")
            tell(message, octets)
        for name, kind in job.get("others", []):
            add(name + ".meta", json.dumps({"id": 9, "type": kind, "Path": "/" + name.rpartition("/")[0], "Ver": 10}).encode(), 0)
            if kind in (8, 11):
                add(name, b"something else", 0)


{"mbox": mbox, "thunderbird": thunderbird, "eml": eml, "maildir": maildir, "zimbra": zimbra}[job["kind"]]()
