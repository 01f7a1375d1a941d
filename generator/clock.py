"""The environment in; the day for which a book is checked and built out."""

import datetime
import os


def today() -> datetime.date:
    """Return the day: that of SOURCE_DATE_EPOCH (seconds since 1970, reproducible-builds.org), or today in UTC."""
    stamp = os.environ.get("SOURCE_DATE_EPOCH", "")
    zone = datetime.UTC
    now = datetime.datetime.fromtimestamp(int(stamp), zone) if stamp.isdigit() else datetime.datetime.now(zone)
    return now.date()
