"""The whole week found -> the finished roster: people, tables, status and notices."""
