"""Invented texts that imitate the layouts of journals."""

TELEGRAM = """\
16. 1 July 1950, ciphered telegram, Lind
to Nord-Lys (Berg) re mood in Latgale
Ciphered telegram No. 405809
From Riga. Sent 2.7.50 24.00.
Received 3.7.50 05.47.
Sent to the 8th Department of the General
Staff 3.7.50 05.55
By wire.
Extremely Urgent.
Strictly secret
To Comrade NORD-LYS [Berg]
To No. 362.
I write about the harvest of rye and barley
in Latgale. Ozols asked for two things:
1. 14 July 1950 as the day of the fair.
2. Seed for spring.
No. 423/Sh.
LIND.
I.7.50.
Copies to Berg (2), Dahl, Vik,
File of 8th Department.
[Source: APRF, Fond 45, Opis 1, Delo 346,
Listy 105-107 and AVPRF, Fond 059a, Opis
5a, Delo 3, Papka 11, List 110]
"""

RELAYED = """\
17. 8 July 1950, ciphered telegram, Lind
to Nord-Lys (Berg) transmitting 6 July 1950
letter from Ozols to Berg
CIPHERED TELEGRAM No. 405976/sh
From Riga. Sent 8.7.50. 9:26
To Comrade NORD-LYS [Berg].
I transmit the letter from OZOLS:
“Dear Comrade BERG!
We thank you for the seed and ask for a
second load before the frost.
Yours truly, OZOLS
6.7.50”
LIND
No. 481/sh
8.7.50
[Source: APRF, Fond 45, Opis 1, Delo 346,
List 143]
"""

OUTGOING = """\
18. 12 January 1951, ciphered telegram, Nord-Lys
(Berg) to Ozols via Soviet Ambassador
CIPHERED TELEGRAM No. 3172
RIGA. Soviet Ambassador.
To your No. 1112-1126.
Transmit to Ozols:
1. We received your telegram of 4 January
and agree with it.
NORD-LYS [Berg]
No. 373/sh
12.1.51
[Source: APRF, List 79, Fond and Opis not given]
"""

DECISION = """\
19. 25 October 1950, Politburo decision with
approved message from Dahl to Lind
ALL-UNION COMMUNIST LEAGUE
All-Union Communist League, CENTRAL COMMITTEE
No. P78/332
To Comrades Berg, Vik.
Excerpt from protocol No. 78 of the meeting
of the Politburo
Decision of 25 October 1950
332. - Telegram of Comrade Lind No. 353.
To confirm the draft telegram.
SECRETARY CC
To p.332(op) pr.PB No. 78
TOP SECRET
RIGA
TO LIND
353. Your plan for the fair is a good one and
the money for it was sent on Monday.
DAHL
[Source: APRF, Fond 3, Opis 65, Delo 827,
Listy 141-143]
"""

# Two columns flattened: the second half of the first document stands behind an article and the second document.
INTERLEAVED = """\
1. 3 May 1950, ciphered telegram, Lind to
Berg
CIPHERED TELEGRAM No. 7
To Berg
The first half of this text stands in the left
A HISTORY OF SHIPS
by nobody at all, which cuts in here and has
a telegram of its own in mind.

2. 4 May 1950, ciphered telegram, Dahl to
Lind
To Lind
Short and complete.
4.V.50 DAHL
[Source: APRF, Fond 45, List 2]
 column, and this is the rest of it.
3.V.50 LIND
38 JOURNAL OF INVENTED SHIPPING
[Source: APRF, Fond 45, List 1]
"""

INTERLEAVED_LAYOUT = {
    "running_heads": [r"^\d+ JOURNAL OF"],
    "pages": {"37": 1, "38": 16},
    "series": [
        {"prefix": "S", "digits": 2, "publication": "ships-1990", "translator": "morten-vik", "heading": "number-date"}
    ],
    "regions": [{"kind": "article", "title": "A history of ships", "lines": "6-8"}],
    "documents": [{"id": "S01", "lines": "1-5,16-17,19"}],
}
