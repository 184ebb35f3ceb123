"""Full-text search without an index: reads every message with Python's email package, and compares word by word.

Standard input: {"place": folder of N.eml, "count": N, "questions": [[{field, text, prefix, excluded}]]}.
Standard output: for each question the numbers of the messages in which every term is, and no excluded one.
"""

import email
import email.header
import email.policy
import html.parser
import json
import os
import re
import sys
import unicodedata

UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]")


class Words(html.parser.HTMLParser):
    """What a browser would show, roughly: an element of a line or block separates words, one within a line does not."""

    INLINE = set("a b i u em strong span font small sub sup big code s tt".split())

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.text, self.hidden = [], 0

    def handle_starttag(self, tag, attrs):
        if tag in ("script", "style", "head", "title"):
            self.hidden += 1
        elif tag not in self.INLINE:
            self.text.append(" ")

    def handle_endtag(self, tag):
        if tag in ("script", "style", "head", "title"):
            self.hidden -= 1
        elif tag not in self.INLINE:
            self.text.append(" ")

    def handle_data(self, data):
        if self.hidden <= 0:
            self.text.append(data)


def of_html(text):
    words = Words()
    words.feed(text)
    return "".join(words.text)


def fold(text):
    text = re.sub("[\u00ad\u200b-\u200d\u2060\ufeff]", "", text)
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if unicodedata.category(c) != "Mn"))


def tokens(text):
    out, word = [], ""
    for character in fold(text) + " ":
        if unicodedata.category(character)[0] in "LN" or unicodedata.category(character) == "Co":
            word += character
        elif word:
            out.append(word)
            word = ""
    return out


def content(part):
    octets = part.get_payload(decode=True) or b""
    charset = (part.get_content_charset() or "utf-8").lower()
    for attempt in ([charset] if charset not in ("us-ascii", "utf-8") else ["utf-8"]) + ["cp1252"]:
        try:
            text = octets.decode(attempt)
            break
        except (LookupError, UnicodeDecodeError):
            text = octets.decode("latin-1")
    return of_html(text) if part.get_content_type() == "text/html" else text


def fields(message, name):
    """Decoded by the old functions: the new ones put a blank into a name that is cut in two encoded words."""
    for field, value in message.raw_items():
        if field.lower() != name:
            continue
        octets = re.sub(r"\r?\n[ \t]+", " ", value).encode("utf-8", "surrogateescape")
        try:
            text = octets.decode("utf-8")
        except UnicodeDecodeError:
            text = octets.decode("cp1252")
        yield str(email.header.make_header(email.header.decode_header(text)))


def gather(message):
    found = {"subject": list(fields(message, "subject")), "sender": list(fields(message, "from"))}
    found["recipients"] = [text for name in ("to", "cc", "bcc") for text in fields(message, name)]
    found.update(body=[], attachment=[])

    def visit(part, wants_text):
        kind = part.get_content_type()
        if kind == "multipart/alternative":
            plain = next((p for p in part.iter_parts() if p.get_content_type() == "text/plain"), None)
            serves = plain is not None and bool(tokens(content(plain)))
            for child in part.iter_parts():
                visit(child, wants_text and (child is plain or not serves))
        elif kind.startswith("multipart/"):
            for child in part.iter_parts():
                visit(child, wants_text)
        elif kind == "message/rfc822":
            inner = part.get_payload(0)
            found["attachment"].append(part.get_filename() or "")
            for texts in gather(inner).values():
                found["attachment"].extend(texts)
        else:
            name = part.get_filename()
            inline = part.get_content_disposition() in (None, "inline")
            if kind in ("text/plain", "text/html") and inline and (not name or part.get_content_disposition() == "inline"):
                if wants_text:
                    found["body"].append(content(part))
                return
            found["attachment"].append(name or "")
            if kind.startswith("text/"):
                found["attachment"].append(content(part))

    visit(message, True)
    return found


def is_in(term, texts):
    wanted = tokens(term["text"])
    for text in texts:
        if UNSPACED.search(term["text"]):
            if fold(term["text"]) in fold(text):
                return True
            continue
        there = tokens(text)
        for start in range(len(there) - len(wanted) + 1):
            window = there[start : start + len(wanted)]
            last = window[-1].startswith(wanted[-1]) if term.get("prefix") else window[-1] == wanted[-1]
            if last and window[:-1] == wanted[:-1]:
                return True
    return False


def main():
    asked = json.load(sys.stdin)
    messages = []
    for number in range(asked["count"]):
        with open(os.path.join(asked["place"], f"{number}.eml"), "rb") as file:
            messages.append(gather(email.message_from_binary_file(file, policy=email.policy.default)))

    def holds(message, term):
        texts = [text for each in message.values() for text in each] if term["field"] == "any" else message[term["field"]]
        return is_in(term, texts) != bool(term.get("excluded"))

    answers = [
        [number for number, message in enumerate(messages) if all(holds(message, term) for term in question)]
        for question in asked["questions"]
    ]
    json.dump(answers, sys.stdout)


main()
