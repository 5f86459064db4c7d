"""What each rule of the extraction goes by, in one sentence: a record names the rule, this says what it means.

docs/rules.md is made from this table (`python -m tests.test_docs`); a test holds it to the rules that the corpus names.
"""

from __future__ import annotations

from typing import Final

__all__ = ["RULES"]

RULES: Final[dict[str, str]] = {
    # the numbered heading above a document, and what stands with it
    "heading": "The numbered heading above the document says so.",
    "heading-and-address": "The heading names the person or body; the address above the text gives the form and the "
    "line where it names the same one, or stands in for a heading that names nobody.",
    "heading-and-signature": "The heading names the author; the signature gives the form and the line where it names "
    "the same one, or stands in for a heading that names nobody.",
    "reader-unnamed": "No line names an addressee: it is the one for whom the message inside is meant, or the ministry "
    "that the author reports to.",
    "no-form-named": "Neither heading nor sheet names the form: it follows from the numbers and stamps that are there.",
    # the sheet above the text
    "address-line": "A line of the address above the text says so.",
    "from-line": "The place stands behind the word From, above the text.",
    "dateline": "The place stands beside the date in the dateline.",
    "stamp": "It is stamped or typed above the text as a line of its own: how secret, how urgent, which series.",
    "telegram-number": "It is the number in the head of the telegram.",
    "number-after-from": "It is the number that the sender's line bears behind the place or name.",
    "special-number": "It is the number that the sheet calls a special number.",
    "incoming-number": "It is a number above the text that is called incoming, or that stands behind other words.",
    "ministry-number": "It is a number that stands alone on its line above the text.",
    "document-number": "It is the number of a resolution, behind its date above the text.",
    "copy-number": "It says which copy of the document this is.",
    "opening-number": "It is the number that opens the text of an answer: that of the message answered.",
    "resolution-of": "The line with date and number above a resolution says when it was adopted.",
    "by-wire": "Words above the text say that it went by wire, and no stamp says when.",
    # stamps of the way a message went
    "stamp-dispatched": "The stamp of dispatch says so.",
    "stamp-received": "The stamp of receipt says so.",
    "stamp-forwarded": "The stamp that says to whom the message was sent on says so.",
    "stamp-deciphered": "The line that says who deciphered it says so.",
    "stamp-typed": "The line that says who typed it, when and in how many copies says so.",
    "stamp-delivered": "The line that says when it was handed over says so.",
    # below the text
    "signature": "The name stands below the text as a signature.",
    "dated-signature": "The date stands beside or below the signature.",
    "hour-of-signature": "An hour stands beside the date at the signature: taken as the time of dispatch.",
    "outgoing-number": "It is the number by the signature, under which the sender's office sent it.",
    "copy-list": "The list of copies names the recipient.",
    "copy-announced": "The text says to whom copies are to go.",
    "source-note": "The note in brackets after the document, which names its source, gives the archival copy.",
    # an excerpt from the protocol of a Politburo
    "decision-of": "The excerpt says of what day the decision is.",
    "decision": "The words of the decision say what is attached to it.",
    "excerpt-from-protocol": "It is an excerpt from a protocol: the body that keeps the protocol decided.",
    "protocol-number": "It is the number of the protocol that the excerpt is from.",
    "protocol-item": "It is the number of the item in the protocol.",
    "slip": "The line at the head of an attachment that gives the item's number, and the file it was put into, says so.",
    "comrades-at-head": "The comrades at the head of the excerpt are those who got a copy of it.",
    "seat-of-body": "The place is not printed: it is where the body that decided sits.",
    # what follows from something else
    "seat-of-office": "The place is not printed: it is the seat of the office that the person held on that day.",
    "whereabouts": "The place is not printed: the journal's layout file says where the person was on that day.",
    "carrier": "The message inside a document has it from the document that passes it on.",
    # messages inside messages
    "introduced-as": "The words that introduce the message inside the document call it so.",
    "called-reply": "The words that introduce the message inside the document call it a reply.",
    "layout-messages": "The journal's layout file marks the lines of a message inside the document and says this of it.",
    "sent-afterwards": "A draft was sent: it bears the day on which the text tells that it went.",
    "told-through": "The text says through whom the message inside it is to be passed on.",
    "told-dispatched": "The text, or an editor below it, tells that it was sent.",
    "told-received": "The text tells when the message that it passes on came in.",
    "told-forwarded": "An editor's paragraph below the document tells who sent the copy on.",
    "told-delivered": "The heading or the text tells that it was handed over.",
    # the running text, and notes on it
    "cited-message": "The text cites a message with its number or date.",
    "cited-without-number": "The text speaks of a message without its number; when and whose follows from the words.",
    "named-in-text": "The text names it, in a form that the authority files know.",
    "opening-words": "The line opens with words that mark a note: in the margin, by hand, attached.",
    "bracketed": "The editor's note stands in brackets inside the text.",
    "after-source-note": "The note stands behind the source note's closing bracket.",
    "numbered-note": "The note bears a number and stands behind the source note: it is the translator's.",
}
"""Rule to sentence; each stands under what of the page it goes by."""
