"""Reads vCards and iCalendar objects with libraries that Travaso does not use, and says what a person would see of them.

For each file named on standard input (one a line) prints one JSON object a line: the UID, and fields with their values.
Series are expanded by dateutil over ten years; instants are in UTC, whole days dates, floating times without a zone, or
in the zone that is named as the only argument.
"""

import datetime
import hashlib
import json
import re
import sys
import zoneinfo

import vobject
from dateutil.rrule import rruleset, rrulestr
from icalendar import Calendar

YEARS = 10
MOST = 20000
UTC = datetime.timezone.utc
HOME = zoneinfo.ZoneInfo(sys.argv[1]) if len(sys.argv) > 1 else None
WINDOWS = {'W. Europe Standard Time': 'Europe/Rome'}


def zone(tzid):
    if tzid is None:
        return HOME
    try:
        return zoneinfo.ZoneInfo(WINDOWS.get(tzid, tzid))
    except Exception:
        return HOME


def lines(octets):
    text = octets.decode('utf-8')
    return [line for line in re.sub(r'\r?\n[ \t]', '', text).splitlines() if line]


def parse_time(value, tzid):
    """(wall time, zone, whole day)"""
    if 'T' not in value:
        return datetime.datetime.strptime(value, '%Y%m%d'), None, True
    if value.endswith('Z'):
        return datetime.datetime.strptime(value, '%Y%m%dT%H%M%SZ'), UTC, False
    return datetime.datetime.strptime(value, '%Y%m%dT%H%M%S'), zone(tzid), False


def instant(wall, tz):
    """RFC 5545, 3.3.5: of a time shown twice the first (fold=0); one left out by the offset before the gap (fold=0)."""
    return wall if tz is None else wall.replace(tzinfo=tz, fold=0).astimezone(UTC)


def shown(moment, whole):
    if whole:
        return moment.strftime('%Y-%m-%d')
    return moment.strftime('%Y-%m-%dT%H:%M:%S') + ('Z' if moment.tzinfo is not None else '')


def times_of(component, name):
    """Values of a property of times, from its own text: libraries differ in how they read zones."""
    found = component.get(name)
    for each in found if isinstance(found, list) else [] if found is None else [found]:
        tzid = each.params.get('TZID')
        text = each.to_ical().decode()
        for value in text.split(','):
            yield parse_time(value.split('/')[0], tzid)


def span(component, start):
    wall, tz, whole = start
    for name in ('DTEND', 'DUE'):
        for end in times_of(component, name):
            return instant(end[0], end[1]) - instant(wall, tz)
    if component.get('DURATION') is not None:
        return component['DURATION'].dt
    return datetime.timedelta(days=1 if whole and component.name == 'VEVENT' else 0)


def rule_of(octets):
    """From the lines: icalendar 4 takes one digit of a numbered weekday (20MO) only."""
    outside = True
    for line in lines(octets):
        if line == 'BEGIN:VTIMEZONE' or line == 'END:VTIMEZONE':
            outside = line == 'END:VTIMEZONE'
        elif outside and line.startswith('RRULE:'):
            return line[len('RRULE:'):]
    return None


def occurrences(series, exceptions, text):
    starts = list(times_of(series, 'DTSTART'))
    if not starts:
        return []
    wall, tz, whole = starts[0]
    left = {instant(each[0], each[1]) for each in times_of(series, 'EXDATE')}
    walls = [wall]
    if text is not None:
        until = re.search(r'UNTIL=([0-9TZ]+)', text)
        end = None
        if until is not None:
            value = until.group(1)
            stop, stop_tz, day = parse_time(value, None)
            end = stop + datetime.timedelta(days=1, seconds=-1) if day else instant(stop, stop_tz)
            text = re.sub(r';?UNTIL=[0-9TZ]+', '', text)
        for count, each in enumerate(rrulestr('RRULE:' + text, dtstart=wall)):
            if each.year > wall.year + YEARS or count >= MOST:
                break
            if end is not None and (instant(each, tz) if end.tzinfo is not None else each) > end:
                break
            walls.append(each)
    points = {instant(each, tz) for each in walls}
    points |= {instant(each[0], each[1]) for each in times_of(series, 'RDATE')}
    points -= left
    length = span(series, starts[0])
    replaced = {}
    for component in exceptions:
        for recurrence in times_of(component, 'RECURRENCE-ID'):
            replaced[instant(recurrence[0], recurrence[1])] = component
    found = [(point, point + length) for point in points if point not in replaced]
    for component in replaced.values():
        for own in times_of(component, 'DTSTART'):
            start = instant(own[0], own[1])
            found.append((start, start + span(component, own)))
    return sorted(shown(start, whole) + '/' + shown(end, whole) for start, end in found)


def texts(component, name):
    found = component.get(name)
    return [str(each) for each in (found if isinstance(found, list) else [] if found is None else [found])]


def calendar(octets):
    parsed = Calendar.from_ical(octets)
    components = [each for each in parsed.subcomponents if each.name in ('VEVENT', 'VTODO', 'VJOURNAL')]
    series = next((each for each in components if each.get('RECURRENCE-ID') is None), components[0])
    exceptions = [each for each in components if each.get('RECURRENCE-ID') is not None]
    fields = {name.lower(): texts(series, name) for name in ('SUMMARY', 'LOCATION', 'DESCRIPTION', 'CLASS', 'STATUS')}
    fields['transp'] = texts(series, 'TRANSP') if series.name == 'VEVENT' else []
    fields['priority'] = texts(series, 'PRIORITY')
    found = series.get('CATEGORIES')
    groups = found if isinstance(found, list) else [] if found is None else [found]
    fields['categories'] = sorted(str(cat) for group in groups for cat in group.cats)
    people = series.get('ATTENDEE')
    people = people if isinstance(people, list) else [] if people is None else [people]
    fields['attendee'] = sorted(str(each).lower() + '|' + each.params.get('PARTSTAT', '') for each in people)
    alarms = [each for each in series.subcomponents if each.name == 'VALARM']
    fields['alarm'] = sorted(str(each['TRIGGER'].dt) for each in alarms)
    attached = series.get('ATTACH')
    attached = attached if isinstance(attached, list) else [] if attached is None else [attached]
    fields['attach'] = sorted(hashlib.sha256(each.to_ical()).hexdigest() for each in attached)
    fields['due'] = [shown(instant(each[0], each[1]), each[2]) for each in times_of(series, 'DUE')]
    fields['occurrences'] = occurrences(series, exceptions, rule_of(octets))
    fields['changed'] = sorted(str(each.get('SUMMARY')) + '|' + str(each.get('LOCATION', '')) for each in exceptions)
    return str(series['UID']), fields


def contact(octets):
    # vobject takes version 4.0 for 3.0, as far as what is read here goes.
    card = vobject.readOne(octets.decode('utf-8'))
    fields = {'fn': [card.fn.value]}
    if hasattr(card, 'n'):
        name = card.n.value
        fields['n'] = [name.family, name.given, name.additional, name.prefix, name.suffix]
    for name in ('email', 'tel', 'note'):
        fields[name] = sorted(each.value for each in card.contents.get(name, []))
    fields['org'] = ['/'.join(each.value) for each in card.contents.get('org', [])]
    fields['adr'] = sorted('%s/%s/%s' % (each.value.street, each.value.city, each.value.code) for each in card.contents.get('adr', []))
    fields['bday'] = [each.value.replace('-', '') for each in card.contents.get('bday', [])]
    fields['categories'] = sorted(cat for each in card.contents.get('categories', []) for cat in each.value)
    photos = []
    for line in lines(octets):
        match = re.match(r'PHOTO(?:;[^:]*)?:(?:data:[^,]*,)?(.*)$', line)
        if match:
            photos.append(hashlib.sha256(match.group(1).encode()).hexdigest())
    fields['photo'] = photos
    fields['office'] = [each.value for each in card.contents.get('x-ufficio', [])]
    return card.uid.value, fields


for path in sys.stdin.read().splitlines():
    with open(path, 'rb') as file:
        octets = file.read()
    try:
        uid, fields = contact(octets) if b'BEGIN:VCARD' in octets[:200] else calendar(octets)
        print(json.dumps({'uid': uid, 'fields': fields}))
    except Exception as error:
        print(json.dumps({'uid': path, 'fields': {'fault': [repr(error)]}}))
