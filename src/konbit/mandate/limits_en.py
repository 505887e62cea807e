"""Forms of time limits in English."""

from __future__ import annotations

from konbit.mandate.limit_forms import DAY, MONTH_YEAR, NUMBER, YEAR, DeadlineKind, form

_UNIT = r"(?:working\s+|calendar\s+|business\s+)?(?:days?|weeks?|months?|years?|hours?|fortnights?)"
_PERIOD = rf"{NUMBER}(?:\s+\([\w -]{{1,20}}\))?(?:\s+|-){_UNIT}\b"
_CLOCK = r"(?:\d{1,2}[.:]\d{2}|\d{4}\s+hours|midnight|noon)(?:\s+(?:hours|[A-Za-z]+\s+(?:standard|daylight|summer)\s+time|EST|GMT|UTC|[ap]\.?m\.?|local\s+time)[^,;]{0,24}?)?,?\s+"
_PART = r"(?:(?:early|mid-|late|the\s+(?:first|second|third|fourth)\s+(?:quarter|half)\s+of|the\s+(?:beginning|middle)\s+of)\s*)"
_PART_OF = r"(?:the\s+)?(?:first|second|third|fourth|last)\s+(?:quarter|half|semester|trimester)"
_WHEN = rf"(?:(?:the\s+end\s+of\s+)?(?:{DAY}|{MONTH_YEAR})|(?:the\s+)?end\s+of\s+{_PART_OF}(?:\s+of\s+{YEAR})?|(?:the\s+)?end\s+of\s+(?:the\s+year\s+)?(?:{YEAR}|(?:January|February|March|April|May|June|July|August|September|October|November|December|(?:the|this|that|each)\s+(?:calendar\s+)?year)\b)|{_PART}?(?:{MONTH_YEAR}|{YEAR}))"
_THE_TEXT = r"(?:of\s+(?:the|this)(?:\s+present)?\s+resolution)"
_FROM_ADOPTION = (
    rf"(?:\s+(?:of|from|after|following)\s+(?:the\s+)?(?:date\s+of\s+)?(?:the\s+)?(?:adoption\b(?:\s+{_THE_TEXT})?|passage\b(?:\s+{_THE_TEXT})?|"
    rf"its\s+adoption\b|this\s+date|date\s+of\s+(?:adoption|passage)\b(?:\s+{_THE_TEXT})?|date\s+hereof|date\s+{_THE_TEXT}))"
)
_FROM_EVENT = (
    r"(?:\s+(?:of|from|after|following)\s+(?:the\s+|its\s+|their\s+|such\s+)?(?:date\s+of\s+(?:his|her|its|their)\s+)?(?:date\s+of\s+)?(?:the\s+)?"
    r"(?:receipt|receiving|entry\s+into\s+force|signature|signing|notification|establishment|publication|completion|"
    r"conclusion|start|beginning|deployment|transfer|submission|issuance|elections?|appointment|end|close|expiry|expiration|arrival|departure|return|inauguration)\b"
    r"(?:\s+of\s+(?:the\s+|this\s+|its\s+|such\s+|a\s+|any\s+)?[\w-]+(?:\s+[A-Z][\w-]+){0,4})?)"
)
_ORDINAL = r"(?:[a-z]+(?:-[a-z]+)?(?:st|nd|rd|th)|(?:[a-z]+-)?(?:first|second|third|next)|\d{1,3}(?:st|nd|rd|th))"
_SESSION = (
    rf"(?:its|their|the|each\s+of\s+its)\s+(?:{_ORDINAL}|next|forthcoming|coming|subsequent|present|current|main\s+part\s+of\s+its\s+\w+)"
    rf"(?:[\s-]+(?:and\s+|to\s+)?{_ORDINAL})?\s+(?:regular\s+|special\s+|emergency\s+special\s+|resumed\s+|annual\s+|ordinary\s+|substantive\s+|plenary\s+)?"
    r"(?:sessions?|meeting)(?:\s+of\s+the\s+(?:General\s+)?(?:Assembly|Council|Commission))?"
)
_OF_MANDATE = r"(?:the|its|their|this|that|his|her|such)\s+(?:(?:current|present|initial|new|said|above|authorized)\s+)?(?:mandates?|period|authorization|term(?:\s+of\s+office)?|transition(?:al)?(?:\s+period)?|session|phase|extension)\b(?:\s+period\b)?"
_REPORTS = r"(?:written\s+|progress\s+|oral\s+|comprehensive\s+|detailed\s+|interim\s+)?(?:reports?|briefings?|updates?|reviews?)"
_RHYTHM = r"regular|monthly|bimonthly|quarterly|weekly|daily|fortnightly|yearly|annual|biannual|biennial|triennial|semi-annual|half-yearly|periodic|continuing|continuous|ongoing|six-monthly|three-monthly|four-monthly"
_NO_LATER = r"(?:(?:no|not)\s+later\s+than|at\s+the\s+latest\s+(?:by|on)|on\s+or\s+before|at\s+the\s+latest)"
_MANY = r"(?:(?:further|additional|initial|new|interim|final|limited|maximum|transitional|another|the\s+next|next|second|first|last|single)\s+){0,3}"

FORMS = (
    form("not-later-than", DeadlineKind.BY, "later than|latest|on or before|on  or",
     rf"{_NO_LATER}\s+(?:at\s+)?(?:{_WHEN}|{_SESSION}|(?:{NUMBER})\s+{_UNIT}\s+(?:from|after|before|prior\s+to|of|following)\s+[^,;.:]{{3,60}}?(?=[,;.:]|\s+(?:on|and|to|a|an|with)\b|$)|{_PERIOD})"),
    form("until-end", DeadlineKind.UNTIL, "until|through|till",
     rf"(?:up\s+)?(?:until|till|through)\s+the\s+(?:end|expiration|expiry|conclusion|completion|close)\s+of\s+(?:{_OF_MANDATE}|{_SESSION})"),
    form("until", DeadlineKind.UNTIL, "until|till|through|to end|expir|ending|terminating|up to|longer than|beyond",
     rf"(?:up\s+)?(?:until|till|through|to\s+end\s+on|expiring\s+on|ending\s+on|ending|terminating\s+on|to\s+(?:expire|terminate)\s+on|(?:no|not)\s+(?:longer\s+than|beyond)|up\s+to(?:\s+and\s+including)?)\s+(?:{_CLOCK}(?:on\s+)?)?(?:{_WHEN}|{_SESSION})"),
    form("from-to", DeadlineKind.FROM, "from|between",
     rf"(?:for\s+the\s+period\s+|during\s+the\s+period\s+)?(?:from\s+(?:{_WHEN}|\d{{1,2}})(?:\s*,)?\s+(?:to|until|through)\s+{_WHEN}|between\s+{_WHEN}\s+and\s+{_WHEN})"),
    form("from-day", DeadlineKind.FROM, "as of|as from|effect|beginning|starting|commencing|from",
     rf"(?:as\s+of|as\s+from|with\s+effect\s+(?:from|on)|effective(?:\s+(?:on|from|as\s+of))?|beginning(?:\s+(?:on|in|from|at|with))?|starting(?:\s+(?:on|in|from|with))?|commencing(?:\s+(?:on|at|in))?|from)\s+(?:{_CLOCK}(?:on\s+)?)?(?:{_WHEN}|{_SESSION})"),
    form("at-clock", DeadlineKind.FROM, "at ", rf"at\s+{_CLOCK}(?:on\s+)?{DAY}"),
    form("by", DeadlineKind.BY, "by|before|prior", rf"(?:by|before|prior\s+to)\s+(?:{_CLOCK}(?:on\s+)?)?{_WHEN}"),
    form("on-day", DeadlineKind.FROM, "on ", rf"on\s+{DAY}"),
    form("every-period", DeadlineKind.RECURRING, "every",
     rf"(?:once\s+|twice\s+)?every\s+(?:other\s+|second\s+|third\s+|calendar\s+)?(?:{NUMBER}(?:\s+\([\w -]{{1,20}}\))?\s+)?(?:{_UNIT}|quarters?)"),
    form("end-of-period", DeadlineKind.WITHIN, "at the end", rf"at\s+the\s+end\s+of\s+(?:a\s+period\s+of\s+)?{_PERIOD}"),
    form("within", DeadlineKind.WITHIN, "within",
     rf"within\s+(?:a\s+(?:further\s+)?(?:period|maximum)\s+of\s+|a\s+time\s+limit\s+of\s+|(?:the\s+)?(?:next|first|coming|following)\s+|an?\s+(?=(?:{NUMBER})-))?(?:{_PERIOD}(?:\s+period)?|an?\s+(?:week|month|year|fortnight))(?:{_FROM_ADOPTION}|{_FROM_EVENT})?"),
    form("before-end", DeadlineKind.BY, "before|prior|ahead|advance",
     rf"{NUMBER}\s+{_UNIT}\s+(?:in\s+advance(?!\s+of)|(?:before|prior\s+to|ahead\s+of|in\s+advance\s+of)\s+(?:the\s+)?(?:its\s+)?(?:expir\w+|end|conclusion|date|opening|start|session|[a-z]+ing|(?:that|this|such|each)\s+[a-z]+)\b[^,;.:]{{0,40}}?(?=[,;.:]|\s+(?:on|and|to)\b|$))"),
    form("before-expiry", DeadlineKind.BY, "by the|before|prior|at the end",
     rf"at\s+the\s+end\s+of\s+(?:this|that|such)\s+(?:further\s+)?period|(?:by|before|prior\s+to)\s+the\s+(?:end|expiration|expiry|conclusion|completion|start|beginning|opening)\s+of\s+(?:{_OF_MANDATE}|the\s+(?:[a-z-]+\s+)?(?:year|season|elections?|campaign|conference|summit)\b|{_SESSION})"),
    form("duration", DeadlineKind.DURATION, "for ",
     rf"for\s+(?:an?\s+)?{_MANY}(?:(?:[a-z]+\s+)?periods?\s+(?:of\s+)?(?:up\s+to\s+|not\s+exceeding\s+|not\s+more\s+than\s+)?|duration\s+of\s+|term\s+of\s+|up\s+to\s+|not\s+more\s+than\s+|one\s+last\s+)?{_MANY}{_PERIOD}(?:\s+(?:period|term)\b)?{_FROM_ADOPTION}?"),
    form("after-adoption", DeadlineKind.WITHIN, "adoption|this date", rf"{NUMBER}\s+{_UNIT}{_FROM_ADOPTION}"),
    form("each", DeadlineKind.RECURRING, "once|twice|times|each",
     rf"(?:once|twice|three\s+times|four\s+times)\s+(?:an?|per|each|every)\s+(?:calendar\s+)?(?:year|month|quarter|week)|(?:(?:in|for)\s+)?each\s+year\s+of\s+the\s+(?:biennium|period)\s+{YEAR}\s?[-\u2013]\s?{YEAR}|each\s+(?:calendar\s+)?(?:year|month|quarter|week)|twice[\s-]yearly"),
    form("basis", DeadlineKind.RECURRING, "basis",
     rf"on\s+an?\s+(?:at\s+least\s+)?(?:[a-z-]+(?:,\s+|\s+and\s+|\s+or\s+|\s+))?(?:{_RHYTHM})\s+(?:and\s+[a-z-]+\s+)?basis"),
    form("intervals", DeadlineKind.RECURRING, "interval",
     rf"at\s+(?:(?:appropriate\s+)?(?:{_RHYTHM})|{NUMBER}[\s-](?:month|week|day)s?(?:ly)?|[a-z]+-(?:month|week|day)(?:ly)?)\s+intervals|at\s+intervals\s+of\s+(?:not\s+more\s+than\s+|not\s+exceeding\s+)?{_PERIOD}"),
    form("rhythm", DeadlineKind.RECURRING, "ly|to time",
     r"(?:from\s+time\s+to\s+time|regularly|periodically|annually|quarterly|biannually|semi-annually|biennially|triennially|monthly|bimonthly|weekly|fortnightly|yearly)"),
    form("rhythm-report", DeadlineKind.RECURRING, "report|brief|update|review",
     rf"(?:periodic|periodical|regular|monthly|quarterly|annual|biannual|semi-annual|weekly|six-monthly|biennial)\s+{_REPORTS}"),
    form("for-period-more", DeadlineKind.DURATION, "for |not ",
     rf"for\s+(?:a|another|one)\s+(?:further\s+|additional\s+|final\s+)?(?:year|month|week)s?\b|not\s+(?:more|longer)\s+than\s+{_PERIOD}|for\s+the\s+(?:financial|fiscal)\s+(?:year|period)\s+{YEAR}(?:\s?[-\u2013/]\s?(?:{YEAR}|\d\d))?|for\s+the\s+biennium\s+{YEAR}\s?[-\u2013]\s?{YEAR}"),
    form("session", DeadlineKind.MEETING, "session|meeting",
     rf"(?:at|before|during|for|by|prior\s+to|in|on\s+the\s+occasion\s+of|in\s+advance\s+of)\s+{_SESSION}|(?<=agenda\s)(?:of|for)\s+{_SESSION}"),
    form("in-months", DeadlineKind.WITHIN, "in |after ", rf"(?:in|after)\s+(?:no\s+more\s+than\s+)?{_PERIOD}(?:(?:\s*'?\s+time)(?:{_FROM_ADOPTION})?|{_FROM_ADOPTION}|(?=\s+or\s+(?:sooner|earlier)\b|\s*[,;.](?:\s|$)))"),
    form("in-year", DeadlineKind.BY, "in |during", rf"(?:in|during|in\s+the\s+course\s+of|over\s+the\s+course\s+of)\s+(?:{_PART}?(?:{MONTH_YEAR}|{YEAR}))"),
)  # fmt: skip
