# Prints one interpreter for each of Python 3.11, 3.12 and 3.13 that is found and works.
for version in 3.11 3.12 3.13; do
  for candidate in "$(command -v python$version)" "$HOME"/.pyenv/versions/$version.*/bin/python; do
    if [ -x "$candidate" ] && "$candidate" -c "import sys, venv; assert sys.version_info[:2] == tuple(map(int, '$version'.split('.')))" 2>/dev/null; then
      echo "$candidate"
      break
    fi
  done
done
