"""What forms of time limits in English are made of: periods, events, days, sessions, mandates."""

from __future__ import annotations

from konbit.mandate.limit_forms import DAY, MONTH_YEAR, NUMBER, YEAR

UNIT = (
    r"(?:(?:working|calendar|business|consecutive|successive|full|further|additional|more)\s+)?"
    r"(?:days?|weeks?|months?|years?|hours?|fortnights?)"
)
MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
MONTHS = rf"{MONTH}(?:,\s+{MONTH}){{0,3}}\s+and\s+{MONTH}"  # "March and September"
# "six months", "thirty (30) days", "two to three weeks", "one and a half years", "a six-month".
PERIOD = rf"{NUMBER}(?:\s+(?:to|or)\s+{NUMBER})?(?:\s+and\s+a\s+half)?(?:\s+\([\w -]{{1,20}}\))?(?:\s+|-){UNIT}\b"
CLOCK = (
    r"(?:\d{1,2}[.:]\d{2}|\d{4}\s+hours|\d{1,2}\s?[ap]\.?m\.?|midnight|(?:12\s+)?noon|(?:the\s+)?close\s+of\s+business)"
    r"(?:\s+(?:hours|[A-Za-z]+(?:\s+[A-Za-z]+)?\s+(?:standard|daylight|summer)\s+time|EST|EDT|GMT|UTC|[ap]\.?m\.?|(?:[A-Z][a-z]+\s+)?(?:local|universal)\s+time)[^,;]{0,24}?)?,?\s+"
)
_ORDER = r"(?:first|second|third|fourth|last|final)"
_PART = (
    rf"(?:(?:early(?:\s+in)?|mid-|late(?:\s+in)?|the\s+(?:{_ORDER})\s+(?:quarter|half|semester|trimester|week|{PERIOD}|{NUMBER}\s+quarters)\s+of"
    r"|the\s+(?:beginning|start|middle)\s+of|(?:the\s+)?(?:spring|summer|autumn|fall|winter)\s+of)\s*)"
)
# "1 March, 1 June and 1 September 2032", "in September 2031, January 2032 and April 2032".
_DAYS = rf"(?:\d{{1,2}}\s+{MONTH}(?:\s+{YEAR})?(?:,\s+\d{{1,2}}\s+{MONTH}(?:\s+{YEAR})?){{0,4}},?\s+and\s+{DAY})"
SEVERAL = rf"(?:{_DAYS}|{MONTH}(?:\s+{YEAR})?(?:,\s+{MONTH}(?:\s+{YEAR})?){{0,4}},?\s+and\s+(?:in\s+)?{MONTH}\s+{YEAR})"
_PART_OF = r"(?:the\s+)?(?:first|second|third|fourth|last)\s+(?:quarter|half|semester|trimester)"
_SOME_YEAR = r"(?:(?:the|this|that|each|next|the\s+(?:current|present|same|following|next))\s+(?:(?:calendar|financial|fiscal)\s+)?year)\b"
_NEXT = rf"(?:\s+(?:next\b|annually\b|(?:of\s+)?(?:each|every)\s+year\b|of\s+{_SOME_YEAR}))?"
_THE_YEAR = rf"(?:(?:the\s+)?(?:(?:calendar|financial|fiscal)\s+)?year\s+)?{YEAR}"
WHEN = (
    rf"(?:{SEVERAL}|(?:the\s+end\s+of\s+)?(?:{DAY}{_NEXT}|{MONTH_YEAR})"
    r"|the\s+(?:\d{1,2}(?:st|nd|rd|th)|[a-z]+(?:-[a-z]+)?(?:st|nd|rd|th)|last)(?:\s+day)?\s+of\s+(?:each|every|the\s+following)\s+(?:month|quarter|year)\b"
    rf"|(?:the\s+)?end\s+of\s+{_PART_OF}(?:\s+of\s+(?:{YEAR}|(?:each|every)\s+year\b))?"
    rf"|(?:the\s+)?end\s+of\s+(?:{_THE_YEAR}|{MONTH}\b|(?:(?:the|this|next)\s+month|{_SOME_YEAR})\b)"
    rf"|{_PART}?(?:{MONTH_YEAR}|{_THE_YEAR})"
    rf"|{_PART}(?:each|every|the\s+following)\s+(?:month|quarter|year)\b"
    rf"|the\s+(?:first|last)\s+day\s+of\s+(?:{MONTH_YEAR}|{MONTH}\b)"
    rf"|the\s+months?\s+of\s+{MONTH}"
    rf"(?:,?\s+(?:to|and)\s+(?=[A-Z]))?{MONTH_YEAR}?)"
)
_THE_TEXT = r"(?:of\s+(?:the|this)(?:\s+present)?\s+(?:resolution|decision|declaration|communiqu[ée]|statement))"
FROM_ADOPTION = (
    r"(?:\s+(?:of|from|after|following)\s+(?:the\s+)?(?:(?:date|day|time|moment)\s+of\s+)?(?:the\s+)?"
    rf"(?:(?:adoption|passage)\b(?:\s+{_THE_TEXT}|(?!\s+of\b))|"
    rf"its\s+adoption\b|this\s+date|date\s+of\s+(?:adoption|passage)\b(?:\s+{_THE_TEXT}|(?!\s+of\b))|date\s+hereof|date\s+{_THE_TEXT}))"
)
DAY_ORDINAL = r"(?:[a-z]+(?:-[a-z]+)?(?:st|nd|rd|th)|\d{1,3}(?:st|nd|rd|th))"
FROM_THE_TEXT = rf"from\s+the\s+date\s+{_THE_TEXT}"
ADOPTION = (
    rf"(?:the\s+)?(?:date\s+of\s+)?(?:(?:the|its)\s+)?adoption\b(?:\s+{_THE_TEXT}|(?!\s+of\b))"
)
# An event is a noun with its determiner, up to two "of" after it, and where it is told of.
_ENDS = (
    r"(?:on|to|and|or|with|in|for|by|an?|as|at|about|which|that|who|whether|under|from|how|if|unless|of|all|"
    r"has|have|setting|containing|including|regarding|concerning|is|are|was|were|shall|should|must|may|will|such|any|"
    r"until|the|its|their|his|her|this|these|those|so|but|thereon|detailed|further)"
)
_NOUN = rf"(?!{_ENDS}\b)[a-z][\w'\u2019-]*"
_DETERMINER = r"(?:(?:the|its|their|his|her|this|that|these|those|such|each|any|an?)\s+)"
_NAMED = rf"{_DETERMINER}?{_NOUN}(?:\s+(?![a-z-]+ed\b){_NOUN}){{0,3}}"
_TOLD_IN = r"(?:\s+(?:specified|mentioned|indicated|established|referred\s+to|set\s+out|laid\s+down)\s+in\s+(?:operative\s+)?paragraphs?\s+\d+(?:\s?\([a-z]\))?(?:\s+(?:above|below))?)?"
EVENT = rf"(?:having\s+[a-z]+\s+)?(?:[a-z]{{3,}}ing\s+(?={_DETERMINER}))?{_NAMED}(?:\s+of\s+{_NAMED}){{0,2}}{_TOLD_IN}"
# "After they have both started work": an event that is told by a clause.
_HAPPENS = r"(?:it|they|he|she|(?:the|its|their|this|that)\s+(?:(?!which|that|who|whom|at|where)[\w'-]+\s+){1,4}?(?=has|have|is|are))\s*(?:has|have|is|are)\s+[^,;:.]{3,60}"
AFTER = rf"(?:\s+(?:after|before)\s+{_HAPPENS}|\s+(?:of|from|after|following)\s+{EVENT})"
# "From the date on which the Force is declared operational".
FROM_CLAUSE = (
    r"(?:\s+from\s+the\s+(?:date|day|moment|time)\s+(?:that|when|(?:on|at|from)\s+which)\s+[^,;:.]{3,70}?\s+(?:(?:is|are)\s+|(?:has|have)\s+(?:been\s+)?)"
    r"[a-z]+(?:\s+(?!(?:by|in|to|and|on|with|or|as|until|for|at|of)\b)[a-z]+)?)"
)
BEFORE = rf"(?:\s+before\s+{_HAPPENS}|\s+(?:before|prior\s+to|ahead\s+of|in\s+advance\s+of|preceding)\s+{EVENT})"

_ORDINAL = r"(?:[a-z]+(?:-[a-z]+)?(?:st|nd|rd|th)|(?:[a-z]+-)?(?:first|second|third|next)|\d{1,3}(?:st|nd|rd|th))"
_KIND = r"(?:(?:regular|special|emergency\s+special|resumed|annual|ordinary|substantive|plenary|organizational|main)\s+)"
BODY = r"(?-i:[A-Z])[\w-]+(?:\s+(?:(?:and|on|of|for)\s+(?:the\s+)?)?(?-i:[A-Z])[\w-]+){0,5}"
SESSION = (
    rf"(?:(?:the\s+)?(?:{_ORDER}(?:\s+resumed)?|main|resumed)\s+part\s+of\s+)?"
    rf"(?:(?:its|their|the|each\s+of\s+its)\s+{_KIND}?(?:{_ORDINAL}|next|forthcoming|coming|subsequent|present|current)"
    rf"(?:(?:,\s+|[\s-]+)(?:and\s+|to\s+)?{_ORDINAL}){{0,3}}\s+{_KIND}{{0,2}}(?:sessions?|meeting|(?-i:S)ummit)(?:\s+of\s+the\s+{BODY})?(?:\s+(?:in|of)\s+{YEAR})?"
    rf"|(?:its|their|the)\s+{YEAR}\s+{_KIND}?sessions?|(?:its|their|the)\s+{_KIND}{{0,2}}sessions?\s+(?:of|in|for)\s+(?:{MONTH_YEAR}|{YEAR})"
    rf"|(?:each|every)\s+{_KIND}?session)\b"
)
END = r"(?:end|expiration|expiry|conclusion|completion|close|termination)"
OF_MANDATE = (
    r"(?:the|its|their|this|that|his|her|such|each|(?:the\s+)?(?-i:[A-Z])[\w-]+['\u2019]s?)\s+(?:(?:current|present|initial|new|said|above|authorized|further)\s+)?"
    r"(?:mandates?|period(?!\s+of\b)|authorization|term(?:\s+of\s+office)?|transition(?:al)?(?:\s+period)?|session|phase|extension)\b(?:\s+period\b)?"
    rf"(?:\s+of\s+(?:the\s+)?{BODY})?"
)
# "Following the expiration of the current mandate on 2 October 2031".
FROM_END = rf"(?:\s+(?:from|after|following)\s+(?:the\s+)?(?:date\s+of\s+(?:the\s+)?)?{END}\s+of\s+{OF_MANDATE}(?:\s+on\s+{DAY})?)"
# The end of each quarter, month or year, as a rhythm.
EACH_END = r"the\s+(?:end|beginning|start|close|middle)\s+of\s+(?:each|every)\s+(?:(?:calendar|financial|fiscal|reporting)\s+)?(?:year|month|quarter|week|half-year)"
REPORTS = r"(?:(?:written|progress|oral|comprehensive|detailed|interim)\s+)*(?:reports?|briefings?|updates?|reviews?)"
RHYTHM = (
    r"regular|monthly|bimonthly|bi-monthly|quarterly|weekly|daily|fortnightly|yearly|annual|bi-?annual|bi-?weekly|twice-yearly|day-to-day|biennial|triennial|"
    r"semi-annual|half-yearly|periodic|continuing|continuous|ongoing|(?:two|three|four|six)-monthly"
)
NO_LATER = r"(?:(?:no|not)\s+later\s+than|not\s+after|at\s+the\s+latest\s+(?:by|on)|on\s+or\s+(?:before|about|prior\s+to)|at\s+the\s+latest)"
MANY = (
    r"(?:(?:further|additional|initial|new|interim|final|limited|maximum|minimum|total|transitional|another|the\s+next|next|"
    r"second|first|last|single|fixed|renewable|non-renewable|and),?\s+){0,4}"
)
UP_TO = r"(?:up\s+to|not\s+exceeding|not\s+to\s+exceed|(?:no|not)\s+(?:more|longer|less|fewer)\s+than|at\s+least|at\s+most|one\s+last)\s+"
