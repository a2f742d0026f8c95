"""Writes clip/mojibake_tables_impl.h: the patterns and code pages by which ftfy 6.3.1 finds text that
was decoded wrongly, and HTML's named characters. Needs `pip install ftfy==6.3.1`.

    python3 packaging/tools/mojibake_tables.py > clip/mojibake_tables_impl.h
"""
import re._constants as op
import re._parser as parser
import unicodedata

from ftfy import badness, chardata

ANY_SPACE, ANY_WORD = "space", "word"
LONGEST = 8  # sets in a pattern
sets, set_index = [], {}


def set_of(items):
    """Index of a set of code points: (negated, class, ranges)."""
    negated, kind, ranges = False, "none", []
    for code, value in items:
        if code is op.NEGATE:
            negated = True
        elif code is op.LITERAL:
            ranges.append((value, value))
        elif code is op.RANGE:
            ranges.append(value)
        elif code is op.CATEGORY:
            kind = {op.CATEGORY_SPACE: ANY_SPACE, op.CATEGORY_WORD: ANY_WORD}[value]
        else:
            raise ValueError(code)
    merged = []
    for first, last in sorted(ranges):
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(merged[-1][1], last))
        else:
            merged.append((first, last))
    key = (negated, kind, tuple(merged))
    if key not in set_index:
        set_index[key] = len(sets)
        sets.append(key)
    return set_index[key]


def expand(parsed):
    """Every sequence of sets that a pattern stands for: [(anchored, [set, ...]), ...]."""
    found = [(False, [])]
    for code, value in parsed:
        if code is op.BRANCH:
            tails = [tail for branch in value[1] for tail in expand(branch)]
        elif code is op.SUBPATTERN:
            tails = expand(value[3])
        elif code is op.AT:
            tails = [(True, [])]
        elif code is op.MAX_REPEAT:
            low, high, inner = value
            one = expand(inner)
            assert len(one) == 1 and high <= 3
            tails = [(False, one[0][1] * n) for n in range(high, low - 1, -1)]
        elif code is op.LITERAL:
            tails = [(False, [set_of([(code, value)])])]
        elif code is op.NOT_LITERAL:
            tails = [(False, [set_of([(op.NEGATE, None), (op.LITERAL, value)])])]
        elif code is op.ANY:
            tails = [(False, [set_of([(op.NEGATE, None), (op.LITERAL, 10)])])]
        elif code is op.IN:
            tails = [(False, [set_of(value)])]
        else:
            raise ValueError(code)
        found = [(a or b, x + y) for a, x in found for b, y in tails]
    return found


def sequences(pattern):
    flags = pattern.flags
    text = pattern.pattern
    if isinstance(text, bytes):
        text, flags = text.decode("latin-1"), 0
    return expand(parser.parse(text, flags))


def show_rows(declaration, cells):
    print(f"\n{declaration} = {{")
    line = "   "
    for cell in cells:
        if len(line) + len(cell) + 2 > 100:
            print(line)
            line = "   "
        line += " " + cell + ","
    print(line + "\n};")


def show_patterns(name, rows):
    cells = []
    for anchored, items in rows:
        items = items + [-1] * (LONGEST - len(items))
        cells.append("{" + ("true" if anchored else "false") + ", {" + ", ".join(map(str, items)) + "}}")
    show_rows(f"inline constexpr Pattern {name}[]", cells)


def detector():
    clue = chardata.UTF8_CLUES
    first = [clue[f"utf8_first_of_{n}"] for n in (2, 3, 4)]
    patterns = []
    for n, letters in enumerate(first, 2):
        text = f"[{letters}]" + f"[{clue['utf8_continuation']}]" * (n - 1)
        patterns += expand(parser.parse(text))
    strict = expand(parser.parse(f"[{clue['utf8_continuation_strict']}]"))[0][1][0]
    return patterns, strict


def code_pages():
    pages = []
    for name in chardata.CHARMAP_ENCODINGS:
        high = bytes(range(128, 256)).decode(name)
        pages.append((name.startswith("sloppy"), name == "macroman", [ord(c) for c in high]))
    return pages


def quoted(text):
    return '"' + "".join(f"\\{b:03o}" for b in text.encode()) + '"'


def main():
    bad = sequences(badness.BADNESS_RE)
    altered = sequences(chardata.ALTERED_UTF8_RE)
    lossy = sequences(chardata.LOSSY_UTF8_RE)
    utf8, strict = detector()
    print("""#pragma once

// Written by packaging/tools/mojibake_tables.py from ftfy 6.3.1, copyright Robyn Speer, Apache-2.0
// (the patterns and the choice of code pages), and from HTML's list of named characters.

namespace clip::mojibake {

enum class Class { none, space, word };

struct Range {
    char32_t first, last;
};

/// A set of code points: ranges [begin, end) of set_ranges, a class besides; or all others.
struct Set {
    bool negated;
    Class kind;
    int begin, end;
};

/// Sets in a row, -1 after the last; anchored: only at the start of a text.
struct Pattern {
    bool anchored;
    int sets[8];
};

/// What the bytes from 128 on mean. A sloppy page reads byte 1A as U+FFFD.
struct CodePage {
    bool sloppy, macroman;
    char32_t high[128];
};

/// A full- or half-width character and what it stands for.
struct WidthForm {
    char32_t form;
    const char* text;
};

/// A named character without its & and ;
struct Entity {
    const char* name;
    const char* text;
};""")
    ranges, rows = [], []
    for negated, kind, items in sets:
        rows.append(f"{{{'true' if negated else 'false'}, Class::{kind}, {len(ranges)}, {len(ranges) + len(items)}}}")
        ranges += items
    show_rows("inline constexpr Range set_ranges[]", [f"{{{a}, {b}}}" for a, b in ranges])
    show_rows("inline constexpr Set sets[]", rows)
    show_patterns("bad", bad)
    show_patterns("altered_utf8", altered)
    show_patterns("lossy_utf8", lossy)
    show_patterns("utf8_like", utf8)
    print(f"\ninline constexpr int strict_continuation = {strict};")
    cells = []
    for sloppy, macroman, high in code_pages():
        cells.append(f"{{{'true' if sloppy else 'false'}, {'true' if macroman else 'false'}, {{" +
                     ", ".join(map(str, high)) + "}}")
    import textwrap
    print("\ninline constexpr CodePage code_pages[] = {")
    for cell in cells:
        print("\n".join(textwrap.wrap(cell + ",", 98, initial_indent="    ", subsequent_indent="    ")))
    print("};")
    width = [(c, unicodedata.normalize("NFKC", chr(c))) for c in range(0xFF01, 0xFFF0)]
    rows = [(0x3000, " ")] + [(c, text) for c, text in width if text != chr(c)]
    show_rows("inline constexpr WidthForm width_forms[]", [f"{{{c}, {quoted(t)}}}" for c, t in rows])
    show_rows("inline constexpr Entity entities[]",
              [f'{{"{name}", {quoted(text)}}}' for name, text in
               sorted((n[1:-1], t) for n, t in chardata.HTML_ENTITIES.items())])
    print("\n}  // namespace clip::mojibake")


main()
