"""Codings as a table: any usual encoding and separator, every fault with its row."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from p3c_qual.coding.csv_form import read_codings, read_rows
from p3c_qual.errors import P3CError
from p3c_qual.sources.incoming import Incoming

HEAD = "source,start,end,code,memo\n"
ROWS = 'IP01,0,5,workforce,"two\nlines, ""said"" – né"\nIP02,7,9,financing,\n'


def read(tmp_path, data, **more):
    path = tmp_path / "codings.csv"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return read_codings(path, **more)


def faults(tmp_path, data):
    with pytest.raises(P3CError) as refused:
        read(tmp_path, data)
    return [str(problem).replace(f"{tmp_path}/", "") for problem in refused.value.problems]


@pytest.mark.parametrize(
    "encoded",
    [
        lambda text: text.encode(),
        lambda text: codecs.BOM_UTF8 + text.encode(),
        lambda text: codecs.BOM_UTF16_LE + text.encode("utf-16-le"),
        lambda text: codecs.BOM_UTF16_BE + text.encode("utf-16-be"),
        lambda text: text.encode("windows-1252"),
        lambda text: text.replace("\n", "\r\n").encode(),
    ],
    ids=["UTF-8", "BOM", "UTF-16 LE", "UTF-16 BE", "Windows-1252", "CRLF"],
)
@pytest.mark.parametrize("separator", [",", ";", "\t"], ids=["comma", "semicolon", "tab"])
def test_any_usual_table_is_read_alike(tmp_path, encoded, separator):
    text = (HEAD + ROWS).replace(",", separator).replace(f"lines{separator}", "lines,")
    if separator == ",":
        text = HEAD + ROWS
    wanted, unused = read(tmp_path, encoded(text), coder="anna")
    assert [(w.source, w.start, w.end, w.code) for w in wanted] == [
        ("IP01", 0, 5, "workforce"), ("IP02", 7, 9, "financing")
    ]  # fmt: skip
    assert wanted[0].memo.replace("\r\n", "\n") == 'two\nlines, "said" – né'
    assert [w.where.rpartition(":")[2] for w in wanted] == ["2", "4"]
    assert {w.coder for w in wanted} == {"anna"}
    assert unused == []


def test_columns_in_any_order_and_case_with_others_named(tmp_path):
    wanted, unused = read(tmp_path, "Code,END,Start,Colour, Source ,coder\nw,5,0,red,IP01,ben\n")
    assert wanted[0][:5] == ("IP01", 0, 5, "w", "ben")
    assert unused == ["colour"]


def test_the_rows_own_coder_and_round_come_first(tmp_path):
    data = "source,start,end,code,coder,round\na,0,1,c,ben,second\na,0,1,c,,\n"
    wanted, _ = read(tmp_path, data, coder="anna")
    assert [(w.coder, w.round) for w in wanted] == [("ben", "second"), ("anna", "main")]


def test_missing_columns_are_named_with_the_nearest(tmp_path):
    said = faults(tmp_path, "source,begin,end,kode\n")
    assert [each.split(". ")[0] for each in said] == [
        "codings.csv:1: the column 'start' is missing",
        "codings.csv:1: the column 'code' is missing",
    ]
    assert "Did you mean 'kode'" in said[1]


def test_a_column_named_twice_is_refused(tmp_path):
    assert (
        "the column 'start' stands there twice"
        in faults(tmp_path, "source,start,Start,end,code")[0]
    )


def test_every_place_that_is_no_whole_number_is_named_with_its_row(tmp_path):
    data = (
        "source,start,end,code\na,1.5,x,c\na,0,1,c\na,,-4,c\na,٣,1e3,c\na,1,99999999999999999,c\n"
    )
    assert [each.split(" must")[0] for each in faults(tmp_path, data)] == [
        "codings.csv:2: start", "codings.csv:2: end", "codings.csv:4: start", "codings.csv:4: end",
        "codings.csv:5: start", "codings.csv:5: end", "codings.csv:6: end",
    ]  # fmt: skip


def test_a_row_longer_than_the_head_is_refused_a_shorter_one_is_read(tmp_path):
    assert (
        "the row has 5 cells, the head 4"
        in faults(tmp_path, "source,start,end,code\na,0,1,c,d\n")[0]
    )
    wanted, _ = read(tmp_path, "source,start,end,code,memo,quote\na,0,1,c\n")
    assert (wanted[0].memo, wanted[0].quote) == ("", None)


def test_empty_rows_are_passed_over_and_counted(tmp_path):
    wanted, _ = read(tmp_path, "source,start,end,code\n\n,,,\na,0,1,c\n")
    assert wanted[0].where.endswith(":4")


@pytest.mark.parametrize("data", [b"", b"\n\n"], ids=["nothing", "empty lines"])
def test_an_empty_file_is_refused(tmp_path, data):
    assert faults(tmp_path, data)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(P3CError, match=r"none\.csv: the file cannot be read"):
        read_rows(tmp_path / "none.csv")


def test_a_table_of_rows_gives_each_with_its_line(tmp_path):
    (tmp_path / "m.csv").write_text('file,title\na.txt,"x\ny"\nb.txt\n')
    assert read_rows(tmp_path / "m.csv") == (
        ["file", "title"], [(2, {"file": "a.txt", "title": "x\ny"}), (4, {"file": "b.txt"})]
    )  # fmt: skip


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20), min_size=1))
def test_any_memo_survives_the_table(tmp_path_factory, memos):
    import csv
    import io

    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["source", "start", "end", "code", "memo"])
    writer.writerows([["a", n, n + 1, "c", memo] for n, memo in enumerate(memos)])
    wanted, _ = read(tmp_path_factory.mktemp("csv"), out.getvalue())
    assert [w.memo for w in wanted] == memos


def test_a_bad_number_hides_no_fault_of_another_row(study, tmp_path):
    talk = tmp_path / "P1.txt"
    talk.write_text("The team meets.", encoding="utf-8")
    study.add([Incoming(talk)])
    table = tmp_path / "codings.csv"
    table.write_text(
        "source,start,end,code\nP1,0,x,workforce\nP1,0,3,workforse\nP9,0,3,workforze\n"
        "P1,0,99,workforce\n",
        encoding="utf-8",
    )
    with pytest.raises(P3CError) as refused:
        study.code_csv(table)
    said = str(refused.value)
    assert all(f"{table}:{line}" in said for line in (2, 3, 4, 5))
    # a row with two faults says both
    assert "'P9'" in said
    assert "'workforze'" in said
    assert study.codings().empty
