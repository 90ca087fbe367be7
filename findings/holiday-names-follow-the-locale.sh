#!/usr/bin/env bash
# holidays 0.109: without `language`, the names of a country's holidays follow LANGUAGE, LC_ALL and LANG of the
# process, whatever the country's `default_language` is. Data joined by name over years or machines then does not match.
#
# A reader of the signature expects the country's default language, which is "es" for Colombia.
# Observed for 6 January 2025:
#   LANGUAGE=es     Día de los Reyes Magos
#   LANGUAGE=en_US  Epiphany
#   LANGUAGE=uk     Богоявлення
#   LANGUAGE=de     Día de los Reyes Magos
# With `language="en_US"` the process does not matter.
# Exits with 1 when this has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet "holidays==0.109"

name() { # LANGUAGE, further arguments of country_holidays
  env -u LC_ALL -u LANG LANGUAGE="$1" PYTHONUTF8=1 "$folder/venv/bin/python" -c "
import holidays
found = holidays.country_holidays('CO', years=2025$2)
print(found['2025-01-06'])"
}

spanish=$(name es "")
english=$(name en_US "")
ukrainian=$(name uk "")
fixed_es=$(name es ", language='en_US'")
fixed_uk=$(name uk ", language='en_US'")
printf '%s\n' "es: $spanish" "en_US: $english" "uk: $ukrainian" "de: $(name de "")" "fixed: $fixed_es / $fixed_uk"

[ "$spanish" != "$english" ] && [ "$english" != "$ukrainian" ] && [ "$fixed_es" = "$fixed_uk" ]
