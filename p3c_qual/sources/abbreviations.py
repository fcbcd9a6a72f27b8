"""Short forms whose full stop ends no sentence, by language."""

from __future__ import annotations

__all__ = ["ABBREVIATIONS", "BEFORE_NUMBERS", "LANGUAGES", "ORDINALS"]

#: names and codes of the languages with rules of their own
LANGUAGES = {
    "en": ("en", "eng", "english"),
    "de": ("de", "deu", "ger", "german", "deutsch"),
    "nl": ("nl", "nld", "dut", "dutch", "nederlands"),
    "es": ("es", "spa", "spanish", "español", "castellano"),
    "no": ("no", "nb", "nn", "nor", "nob", "nno", "norwegian", "norsk", "bokmål", "nynorsk"),
    "hu": ("hu", "hun", "hungarian", "magyar"),
    "hr": ("hr", "hrv", "croatian", "hrvatski"),
    "fr": ("fr", "fra", "fre", "french", "français"),
    "it": ("it", "ita", "italian", "italiano"),
}

#: Words after which a capital or a name follows. Those that may end a sentence (`etc.`, `p.m.`)
#: are not here: before a small letter no sentence ends anyway. Single letters need no entry.
ABBREVIATIONS = {
    "en": "dr mr mrs ms mx prof st rev hon sr jr messrs gen col capt sgt lt gov sen rep supt "
    "vs cf viz esp approx dept eds",
    "de": "dr prof hr fr frl dipl ing med phil jur hab bzw ca vgl evtl ggf inkl exkl bspw "
    "sog insb einschl gem lt st str mag univ abs art bes chr geb verh vorm nachm tel ziff zzgl "
    "mind max allg",
    "nl": "dr drs mr mevr dhr prof ing ir mw bijv bv nl ca resp evt incl excl vgl jl st m.b.t "
    "d.w.z zgn",
    "es": "dr dra sr sra srta sres dn dña prof profa lic ing arq ud uds av avda ej aprox pág "
    "págs núm tel art",
    "no": "dr prof f.eks bl.a ca kl nr hr fr jf evt inkl ekskl mht ifm tlf dvs pga sykepl",
    "hu": "dr prof ifj id özv stb pl ill ún kb vö ld tel ui krt u",
    "hr": "dr mr prof sc gosp gđa gđica g npr tzv tj odn sv ul br str čl st ing dipl mag doc prim",
    "fr": "dr m mm mme mmes mlle mlles me pr prof st ste cf env av bd réf tél art chap",
    "it": "dr dott dott.ssa sig sigg sig.ra sig.na prof prof.ssa ing avv arch geom on rag "
    "es ecc.mo cfr ca tel art s.p",
    "und": "dr mr mrs ms prof st vs cf ca",
}

#: words that end no sentence before a number only, so that a plain `No.` still does
BEFORE_NUMBERS = {
    "en": "no nos fig figs vol ch sec pp para art tel ext approx ed",
    "de": "nr abb tab kap bd jg s aufl max min",
    "nl": "nr blz hfst fig tel art",
    "es": "n.º núm vol cap fig p pp",
    "no": "nr s fig kap tab",
    "hu": "sz old fej tel",
    "hr": "br sl str tel gl",
    "fr": "n fig vol p pp no",
    "it": "n fig vol pag p pp",
    "und": "no nr fig p pp",
}

#: languages that write ordinals with a full stop and go on with a capital (`3. März`)
ORDINALS = frozenset(("de",))
