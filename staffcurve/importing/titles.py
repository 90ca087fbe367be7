"""What the title of a column says it holds, in the words of telephone systems in six languages."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True)
class Meaning:
    """Titles of one of our columns: a pattern of words, one that rules them out, and how sure it is (more is surer)."""

    role: str
    words: re.Pattern[str]
    unless: re.Pattern[str]
    sure: int


def _meaning(role: str, sure: int, words: str, unless: str = "") -> Meaning:
    return Meaning(role, re.compile(rf"\b({words})\b"), re.compile(rf"\b({unless})\b" if unless else r"(?!)"), sure)


CONTACTS = (
    r"calls?|contacts?|interactions?|chats?|e ?mails?|tickets?|cases?"
    r"|conversations?|messages?|anrufe|kontakte|gesprache"
    r"|appels|contacts|llamadas|contactos|chiamate|contatti|chamadas|contatos|oproepen|gesprekken"
)
PLANNED = r"forecast(ed)?|predicted|prediction|planned|plan|budget(ed)?|target|goal|prognose|geplant|previsto|prevision"
"""What was expected next to what happened, which is the history."""
NO_COUNT = (
    r"time|times|avg|average|mean|pct|percent|percentage|rate|share"
    r"|ratio|level|seconds|secs?|minutes|mins?|duration|dauer|zeit"
    r"|quote|prozent|taux|duree|temps|tiempo|tempo|asa|aht|acht"
    r"|att|acw|sl|within|under|over|agents?|staff|fte|outbound"
    r"|transfer(s|red)?|outflow|id|ids|number|no|nr|name|type|threshold|max|longest|internal|date|hour"
    rf"|{PLANNED}"
)
HANDLED = (
    r"handled|answered|connected|completed|taken|served|resolved|closed"
    r"|acd calls|acdcalls|accepted|bearbeitet(e|er)?|angenommen(e|er)?"
    r"|beantwortet(e)?|traites?|repondus|decroches|atendidas|contestadas|gestite|risposte|atendidas|beantwoord|ans"
)
ABANDONED = (
    r"abandon(s|ed|ment|ments)?|aband?|abn|abncalls|lost|dropped|hang ?ups?"
    r"|hung up|missed|verloren(e)?|aufgelegt|abgebrochen(e)?"
    r"|abandonnes|perdus|abandonadas|perdidas|abbandonate|perse|opgehangen"
)
MEAN = (
    r"avg|average|mean|aht|acht|att|durchschnitt(liche|lich|l)?|mittlere|o"
    r"|moyen(ne)?|dmt|dmc|medio|media|tmo|gemiddelde?|per (call|contact)"
)
TOTAL = r"total|sum|summe|gesamt|overall|cumulative|totale"
WHOLE = (
    r"(aht|acht|handle|handling) ?(time|times|duration)?|(avg|average|mean) (time|duration)"
    r"|handletime|avghandle|averagehandletime|bearbeitungszeit"
    r"|duree (moyenne )?de traitement|dmt|tmo|tiempo medio operativo|service time|afhandeltijd"
    r"|(tiempo|tempo) (medio |promedio )?(de |di )(gestion|gestione|operacion|atencion|manejo|atendimento)|tma"
    r"|bearbeitungsdauer|hanteringstid|behandlingstid|kasittelyaika"
)
PART = {
    "talk": (
        r"(duree|temps|tiempo|tempo)( \w+)* (conversation|conversacion|conversazione|conversa|conversacao)"
        r"|talk|acd time|acdtime|att|conversation time|gesprachszeit|gesprachsdauer|communication|habla|hablado"
    ),
    "hold": r"hold|holdtime|held|haltezeit|haltedauer|retencion",
    "after": (
        r"acw|acwtime|after ?(call|contact|work|call work|contact work)?"
        r"|wrap ?(up)?|nachbearbeitung(szeit|sdauer)?|post appel"
    ),
}
"""Parts of a handle time, which are added up."""
DURATIONS = re.compile(rf"\b({WHOLE})\b")

MEANINGS = (
    _meaning(
        "volume",
        100,
        r"offered|callsoffered|angeboten(e|er)?|ofrecidas|presentes|offerte|oferecidas|aangeboden|volume|volumen",
        NO_COUNT,
    ),
    _meaning(
        "volume",
        90,
        r"(calls|contacts) in|inbound|incoming|received|queued|entered|presented|arrived"
        r"|arrivals|arriving|entrants|recus|recibidas|entrantes"
        r"|eingehend(e)?|eingegangen(e)?|ricevute|in entrata|recebidas|binnengekomen|created|new",
        NO_COUNT,
    ),
    _meaning(
        "volume",
        70,
        rf"{CONTACTS}|anzahl|nombre|cantidad|numero|aantal|quantity|qty",
        f"{NO_COUNT}|{HANDLED}|{ABANDONED}",
    ),
    _meaning("volume", 50, r"count|total|n|cnt", f"{NO_COUNT}|{HANDLED}|{ABANDONED}"),
    _meaning("handled", 90, HANDLED, rf"{NO_COUNT}|not|unanswered|{ABANDONED}"),
    _meaning("abandoned", 90, ABANDONED, f"{NO_COUNT}|short|after"),
    _meaning("backlog", 90, r"backlog", r"end"),
    _meaning("wait_s", 90, r"wait s|(avg|average|mean) (wait|queue)( time)?", r"max|longest|abandon(ed)?"),
    _meaning("channel", 90, r"channel|kanal|canal", r"id|ids"),
    _meaning("media", 90, r"media|media type|channel ?type|medium", r"id"),
    _meaning(
        "queue",
        90,
        r"queue|queue ?name|warteschlange|csq|split|split ?skill|hunt group"
        r"|vdn|workgroup|campaign|cola|file d attente|coda"
        r"|contact type|planning group|skill ?group|service|line|department|team|group|wachtrij",
        r"id|level|time|length|position|abandon(ed)?|factor",
    ),
    _meaning("skill", 80, r"skill|skill ?name|skill ?set", r"id|level|group"),
    _meaning("language", 80, r"language|sprache|langue|idioma|lingua|taal"),
    _meaning("site", 80, r"site|location|standort|region|country|office"),
)
WHEN = {
    "start": re.compile(
        r"\b(start|begin|began|from|interval|timestamp|date ?time|arriv\w*"
        r"|created|initiat\w*|enqueue\w*|entered|received|offered"
        r"|call date|opened|von|beginn|anfang|debut|inicio|inizio"
        r"|zeitpunkt|zeitstempel|period|open|time|date|queued)\b"
    ),
    "end": re.compile(
        r"\b(end|ended|ends|to|until|stop|finish\w*|complet\w*|closed"
        r"|resolved|disconnect\w*|bis|ende|fin|fine|hang ?up)\b"
    ),
    "answered": re.compile(r"\b(answer\w*|connect\w*|pick\w* up|accept\w*|first response|agent start)\b"),
    "other": re.compile(r"\b(updated|modified|due|last|export\w*|generated|printed|assigned|birth)\b"),
}
"""What the title of a column of times says."""
OF_CONTACT = (
    _meaning(
        "contact",
        90,
        r"(call|contact|ticket|interaction|conversation|case|session|unique) ?(id"
        r"|no|nr|number|key|ref\w*)|id|uniqueid|guid|uuid|ref",
    ),
    _meaning(
        "caller",
        90,
        r"caller|(caller|phone|calling|customer|from) ?(id|no|number|party"
        r"|phone)|ani|cli|phone|msisdn|customer|requester|rufnummer",
    ),
    _meaning(
        "outcome",
        90,
        r"outcome|disposition|result|status|state|call result|term ?reason"
        r"|ergebnis|resultat|resultado|abandoned|answered|handled|type",
    ),
)
"""Titles where a row is a contact."""
TIMES = re.compile(
    r"\b(time|start|from|begin|end|to|interval\w*|hour|uhrzeit|zeit|stunde|heure|hora|ora|tijd|tid|von|bis|clock|period)\b"
)
"""Titles of times of day."""
LONG = re.compile(rf"\b({WHOLE}|duration|length|billsec|bill sec|talk|talk ?time|handle|dauer|duree|duracion)\b")
"""Titles of the handle time of one contact."""
WAITED = re.compile(
    r"\b(wait|wait(ing)? time|queue (time|seconds|duration)|time in queue|hold ?time|tta|speed to answer)\b"
)


def plain(title: str) -> str:
    """Write a title in small words without accents: ``StartDate`` and ``start_date`` are ``start date``."""
    text = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", title)
    text = unicodedata.normalize("NFKD", text.replace("ø", "o").replace("Ø", "o").replace("ß", "ss"))
    text = "".join(letter for letter in text if not unicodedata.combining(letter))
    shares = " percent " if "%" in text else " "
    return " ".join((re.sub(r"[^0-9a-z]+", " ", text.casefold()) + shares).split())


def sureness(title: str, meaning: Meaning) -> int:
    """How surely a plain title has a meaning; 0 if it has not."""
    title = re.sub(r"^((total )?(number|no|nr|count) of|nb|nombre d[e ]?) ", "", title)
    found = meaning.words.search(title)
    if not found or meaning.unless.search(title):
        return 0
    return meaning.sure + (9 if found[0] == title else 0)


def unit_of(title: str) -> str | None:
    """The unit a plain title states."""
    if re.search(r"\b(ms|msec|millis|milliseconds|millisekunden)\b", title):
        return "ms"
    if re.search(r"\b(min|mins|minutes|minuten)\b", title):
        return "min"
    return "s" if re.search(r"\b(s|sec|secs|seconds|sek|sekunden|secondes|segundos)\b", title) else None


def kind_of(title: str) -> str | None:
    """Whether a plain title says "mean" or "total"."""
    if re.search(rf"\b({MEAN})\b", title):
        return "mean"
    return "total" if re.search(rf"\b({TOTAL})\b", title) else None
