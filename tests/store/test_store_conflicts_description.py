"""What joining two copies can break in a report: each case has one rule, and is listed."""

from __future__ import annotations

from p3c_qual.store.conflicts import find_conflicts


def cases(world):
    with world.store.read() as connection:
        return {each["case"]: each["what"] for each in find_conflicts(connection)}


def copies_of(new_world, **tables):
    """Return two copies that hold the same rows."""
    here, there = new_world(), new_world()
    rows = {
        name: [here.add(table, **each) for each in some] for name, (table, some) in tables.items()
    }
    there.join(here)
    return here, there, rows


def meet(here, there):
    here.join(there)
    there.join(here)
    assert here.state() == there.state()
    assert cases(here) == cases(there)
    assert here.faults() == there.faults() == []
    return cases(here)


def test_sections_put_into_each_other_are_listed_and_so_are_those_merged_so(new_world):
    made = ("section", [{"section": name} for name in ("a", "b", "c")])
    here, there, rows = copies_of(new_world, made=made)
    a, b, c = rows["made"]
    here.set("section", a, under="b")
    there.set("section", b, "ben", under="a")
    assert meet(here, there) == {"a cycle of sections": "the section a is part of itself"}
    here.set("section", a, under=None, merged_into="b")
    there.set("section", b, "ben", under=None, merged_into="a")
    assert list(meet(here, there)) == ["merged in a cycle"]
    here.set("section", b, merged_into=None, left_out=True)
    there.set("section", c, "ben", merged_into="b")
    assert list(meet(here, there)) == ["merged and left out"]


def test_of_two_facts_that_copies_chose_neither_counts_until_a_person_decides(new_world):
    made = ("fact", [{"name": "Practices", "value": "19"}, {"name": "practices", "value": "20"}])
    here, there, rows = copies_of(new_world, made=made)
    here.set("fact", rows["made"][0], chosen=True)
    there.set("fact", rows["made"][1], "ben", chosen=True)
    assert list(meet(here, there)) == ["two facts chosen"]
    here.set("fact", rows["made"][0], chosen=None)
    assert meet(here, there) == {}


def test_a_mask_that_is_lost_between_two_copies_is_listed_until_it_is_done_again(new_world):
    here, there = new_world(), new_world()
    source, text = here.source()
    quote = here.add(
        "quote",
        key="1f0c2a9b",
        source=source,
        text=text,
        start=0,
        end=18,
        quote="We meet each week.",
    )
    there.join(here)
    mask = {"kind": "mask", "start": 3, "end": 7, "text": "X"}
    omit = {"kind": "omit", "start": 8, "end": 12}
    here.set("quote", quote, edits=[mask])
    there.set("quote", quote, "ben", edits=[omit])
    found = meet(here, there)
    assert list(found) == ["a quote changed twice"]
    lost = "mask" if here.row("quote", quote)["edits"] == [omit] else "omit"
    assert f"({lost})" in found["a quote changed twice"]
    here.set("quote", quote, edits=[mask, omit])
    assert meet(here, there) == {}


def test_operations_made_one_after_the_other_are_no_conflict(new_world):
    here = new_world()
    source, text = here.source()
    quote = here.add("quote", key="1f0c2a9b", source=source, text=text, start=0, end=18)
    for edits in ([{"kind": "omit", "start": 3, "end": 7}], None):
        here.set("quote", quote, edits=edits)
    assert cases(here) == {}


def test_an_entry_begun_again_in_both_copies_is_there_twice_and_listed(new_world):
    here, there = new_world(), new_world()
    for world, actor in ((here, "anna"), (there, "ben")):
        world.add("answer", actor, form="formal_description", item="aim", value=f"by {actor}")
    assert meet(here, there) == {"one entry twice": "formal_description.aim is there twice"}


def test_a_place_cited_for_what_was_deleted_is_kept_and_listed(new_world):
    here = new_world()
    source, _ = here.source()
    fact = here.add("fact", name="Practices", value="19")
    here.add("citation", about="fact", target=fact, source=source)
    here.remove("fact", fact)
    assert cases(here) == {"a missing row": "its fact was deleted"}
