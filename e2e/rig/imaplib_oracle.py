"""Reads a whole IMAP account with Python's own imaplib and prints what is in it, one JSON object a line.

An oracle is worth something only if it shares no code with what it judges: this file uses the standard library and
nothing of Travaso. It opens folders with EXAMINE and fetches with BODY.PEEK, so looking changes nothing.

Standard input: one JSON object {host, port, tls: none|starttls|implicit, caFile, user, password, bodies}.
Standard output, in this order for each folder:
  {"kind": "folder", "path": [...], "name": "...", "separator": "/", "attributes": [...], "subscribed": true,
   "uidvalidity": 1, "messages": 2}
  {"kind": "message", "path": [...], "uid": 1, "sha256": "...", "size": 3, "announced": 3, "internalDate": <ms>,
   "flags": ["\\Seen"], "keywords": [...]}
"""

import base64
import calendar
import hashlib
import imaplib
import json
import re
import ssl
import sys

BATCH_OCTETS = 8 * 1024 * 1024
# The longest line imaplib accepts; a FETCH answer of a folder's UIDs is short lines, but a header item may not be.
imaplib._MAXLINE = 50_000_000


def connect(account):
    context = ssl.create_default_context(cafile=account.get("caFile"))
    if account["tls"] == "implicit":
        client = imaplib.IMAP4_SSL(account["host"], account["port"], ssl_context=context)
    else:
        client = imaplib.IMAP4(account["host"], account["port"])
        if account["tls"] == "starttls":
            client.starttls(context)
    client.login(account["user"].encode(), account["password"])
    return client


def decode_modified_utf7(name):
    """RFC 3501 section 5.1.3."""

    def shifted(match):
        if match.group(1) == "":
            return "&"
        text = match.group(1).replace(",", "/")
        return base64.b64decode(text + "=" * (-len(text) % 4)).decode("utf-16-be")

    return re.sub("&([^-]*)-", shifted, name)


def quoted(name):
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


def listed(client, command):
    """(attributes, separator, raw name) of every mailbox; a name may come as atom, quoted string or literal."""
    typ, lines = getattr(client, command)('""', '"*"')
    assert typ == "OK", lines
    for line in lines:
        if line is None or line == b")" or line == b"":
            continue
        literal = None
        if isinstance(line, tuple):
            line, literal = line
        match = re.match(rb'\(([^)]*)\) (NIL|"(?:\\.|[^"])*") (.*)$', line, re.S)
        assert match, line
        attributes, separator, name = match.groups()
        separator = None if separator == b"NIL" else separator[1:-1].replace(b"\\\\", b"\\").decode()
        if literal is not None:
            name = literal
        elif name.startswith(b'"'):
            name = re.sub(rb"\\(.)", rb"\1", name[1:-1])
        yield attributes.decode().split(), separator, name.decode("utf-8", "surrogateescape")


def messages(client, bodies):
    """Every message of the examined mailbox as (uid, announced size, body or None, attribute text)."""
    typ, data = client.uid("FETCH", "1:*", "(UID RFC822.SIZE)")
    assert typ == "OK", data
    sizes = {}
    for line in data:
        if line is not None:
            uid, size = re.search(rb"UID (\d+)", line), re.search(rb"RFC822.SIZE (\d+)", line)
            if uid and size:
                sizes[int(uid.group(1))] = int(size.group(1))
    for batch in batches(sorted(sizes), sizes):
        seen = {}
        items = "(UID FLAGS INTERNALDATE" + (" BODY.PEEK[])" if bodies else ")")
        typ, data = client.uid("FETCH", ",".join(map(str, batch)), items)
        assert typ == "OK", data
        for text, body in answers(data):
            uid = re.search(rb"UID (\d+)", text)
            if uid and b"INTERNALDATE" in text:
                seen[int(uid.group(1))] = (text, body)
        for uid in batch:
            assert uid in seen, f"UID {uid} was listed but not sent"
            text, body = seen[uid]
            yield uid, sizes[uid], body, text


def batches(uids, sizes):
    batch, octets = [], 0
    for uid in uids:
        if batch and (octets + sizes[uid] > BATCH_OCTETS or len(batch) >= 500):
            yield batch
            batch, octets = [], 0
        batch.append(uid)
        octets += sizes[uid]
    if batch:
        yield batch


def answers(data):
    """imaplib gives an answer with a literal as (text before, literal) followed by the text after it."""
    text, body = None, None
    for part in data:
        if isinstance(part, tuple):
            if text is not None:
                yield text, body
            text, body = part
        elif part is not None and text is not None:
            yield text + b" " + part, body
            text, body = None, None
        elif part is not None:
            yield part, b""
    if text is not None:
        yield text, body


def epoch_ms(text):
    match = re.search(rb'INTERNALDATE "([ \d]\d)-(\w{3})-(\d{4}) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)"', text)
    assert match, text
    day, month, year, hour, minute, second, sign, zone_hour, zone_minute = match.groups()
    month = [m.encode() for m in ("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec").split()].index(month) + 1
    local = calendar.timegm((int(year), month, int(day), int(hour), int(minute), int(second)))
    offset = (int(zone_hour) * 60 + int(zone_minute)) * 60
    return 1000 * (local - offset if sign == b"+" else local + offset)


def main():
    account = json.load(sys.stdin)
    client = connect(account)
    subscribed = {name for _, _, name in listed(client, "lsub")}
    for attributes, separator, name in list(listed(client, "list")):
        decoded = decode_modified_utf7(name)
        path = decoded.split(separator) if separator else [decoded]
        folder = {
            "kind": "folder",
            "path": path,
            "name": name,
            "separator": separator,
            "attributes": attributes,
            "subscribed": name in subscribed,
        }
        if {"\\Noselect", "\\NonExistent"} & set(attributes):
            print(json.dumps({**folder, "uidvalidity": None, "messages": 0}))
            continue
        typ, data = client.select(quoted(name), readonly=True)
        assert typ == "OK", (name, data)
        uidvalidity = client.untagged_responses["UIDVALIDITY"][-1]
        print(json.dumps({**folder, "uidvalidity": int(uidvalidity), "messages": int(data[0])}))
        if int(data[0]) == 0:
            continue
        for uid, announced, body, text in messages(client, account["bodies"]):
            flags = re.search(rb"FLAGS \(([^)]*)\)", text).group(1).decode("utf-8", "replace").split()
            print(
                json.dumps(
                    {
                        "kind": "message",
                        "path": path,
                        "uid": uid,
                        "sha256": hashlib.sha256(body).hexdigest(),
                        "size": len(body) if account["bodies"] else announced,
                        "announced": announced,
                        "internalDate": epoch_ms(text),
                        "flags": sorted(f for f in flags if f.startswith("\\") and f != "\\Recent"),
                        "keywords": sorted(f for f in flags if not f.startswith("\\")),
                    }
                )
            )
    client.logout()


main()
