"""Writes clip/unicode_tables_impl.h from the Unicode data that comes with Python.

    python3 packaging/tools/unicode_tables.py > clip/unicode_tables_impl.h
"""
import sys
import unicodedata

SCALARS = [c for c in range(0x110000) if not 0xD800 <= c <= 0xDFFF]
# Word_Break MidLetter, MidNumLet and Single_Quote: case-ignorable besides the categories below.
IGNORABLE = {0x27, 0x2E, 0x3A, 0xB7, 0x387, 0x55F, 0x5F4, 0x2018, 0x2019, 0x2024, 0x2027,
             0xFE13, 0xFE52, 0xFE55, 0xFF07, 0xFF0E, 0xFF1A}


def ranges(wanted):
    found = []
    for c in SCALARS:
        if wanted(chr(c)):
            if found and found[-1][1] == c - 1:
                found[-1][1] = c
            else:
                found.append([c, c])
    return found


def lower_runs():
    """[first, last, step, offset] of the letters whose lower case is one other letter."""
    runs = []
    for c in SCALARS:
        low = chr(c).lower()
        if len(low) != 1 or ord(low) == c:
            continue
        offset = ord(low) - c
        last = runs[-1] if runs else None
        if last and last[3] == offset and c - last[1] in (1, 2) and (
                last[0] == last[1] or c - last[1] == last[2]):
            last[2] = c - last[1]
            last[1] = c
        else:
            runs.append([c, c, 1, offset])
    return runs


def combining_runs():
    runs = []
    for c in SCALARS:
        kind = unicodedata.combining(chr(c))
        if not kind:
            continue
        if runs and runs[-1][1] == c - 1 and runs[-1][2] == kind:
            runs[-1][1] = c
        else:
            runs.append([c, c, kind])
    return runs


def decompositions():
    """[composed, first, second (0: none), whether NFC puts it together again]."""
    rows = []
    for c in SCALARS:
        text = unicodedata.decomposition(chr(c))
        if not text or text.startswith("<"):
            continue
        parts = [int(p, 16) for p in text.split()]
        back = unicodedata.normalize("NFC", "".join(map(chr, parts))) == chr(c)
        rows.append([c, parts[0], parts[1] if len(parts) > 1 else 0,
                     int(back and len(parts) > 1)])
    return rows


def show(kind, name, rows, about):
    print(f"\n// {about}\ninline constexpr {kind} {name}[] = {{")
    line = "   "
    for row in rows:
        cell = " {" + ", ".join(f"0x{v:X}" if v > 255 else str(v) for v in row) + "},"
        if len(line) + len(cell) > 100:
            print(line)
            line = "   "
        line += cell
    print(line + "\n};")


def main():
    category = unicodedata.category
    print(f"""#pragma once

// Written by packaging/tools/unicode_tables.py from Unicode {unicodedata.unidata_version}. Every table is sorted.

#include <cstdint>

namespace clip::unicode {{

struct Range {{
    char32_t first, last;
}};

struct LowerRun {{
    char32_t first, last, step;
    std::int32_t offset;
}};

struct CombiningRun {{
    char32_t first, last;
    int combining_class;
}};

struct Decomposition {{
    char32_t composed, first, second;
    int recomposes;
}};""")
    show("Range", "letters", ranges(lambda c: category(c)[0] == "L"), "General category L.")
    show("Range", "numbers", ranges(lambda c: category(c)[0] == "N"), "General category N.")
    show("Range", "digits", ranges(lambda c: category(c) == "Nd"), "Decimal digits, 0 to 9 in turn.")
    show("Range", "cased", ranges(lambda c: c.islower() or c.isupper() or c.istitle()),
         "Letters that have a case.")
    show("Range", "case_ignorable", ranges(lambda c: category(c) in ("Mn", "Me", "Cf", "Lm", "Sk")
                                           or ord(c) in IGNORABLE), "Skipped by the final sigma.")
    show("LowerRun", "lower_runs", lower_runs(), "Lower case of one code point.")
    show("CombiningRun", "combining_runs", combining_runs(), "Canonical combining class.")
    show("Decomposition", "decompositions", decompositions(), "Canonical decompositions.")
    print("\n}  // namespace clip::unicode")


if __name__ == "__main__":
    sys.exit(main())
