"""Names of months and weekdays in dates: English, German, Dutch, French, Spanish, Italian and Portuguese."""

from __future__ import annotations

_BEGINNINGS = (
    ("jan", "jän", "gen", "ene"),
    ("feb", "fev", "fév"),
    ("mar", "mär", "mrz", "mrt", "maa"),
    ("apr", "avr", "abr"),
    ("may", "mai", "mei", "mag"),
    ("jun", "juin", "giu"),
    ("jul", "juil", "lug"),
    ("aug", "aoû", "aou", "ago"),
    ("sep", "set"),
    ("oct", "okt", "ott", "out"),
    ("nov",),
    ("dec", "déc", "dez", "dic"),
)
MONTHS = {begin: number for number, begins in enumerate(_BEGINNINGS, 1) for begin in begins}
"""Number of a month by the letters its name begins with."""
MONTH = rf"({'|'.join(sorted(MONTHS, key=len, reverse=True))})[^\W\d_]*\.?"
"""Pattern of the name of a month, short or in full; its group is a key of `MONTHS`."""
_DAYS = (
    "monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun"
    "|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|mo|di|mi|do|fr|sa|so"
    "|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|ma|wo|vr|za|zo"
    "|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lun|mar|mer|jeu|ven|sam|dim"
    "|lunes|martes|miércoles|jueves|viernes|sábado|domingo|mié|jue|vie|sáb|dom"
    "|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica|gio|sab"
    "|segunda|terça|quarta|quinta|sexta|seg|ter|qua|qui|sex"
)
WEEKDAY = rf"(?:{_DAYS})(?:-feira)?\.?,?\s+(?=\S)"
"""Pattern of a weekday before a date; `mar` may be a month too, so a date is looked for without it first."""
