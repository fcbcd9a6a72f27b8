/** What the benchmark watches inside the page; times are milliseconds from the event on. */
window.probe = (() => {
  const PATIENCE = 30000;
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  /** Behind the frame that is being made: what is there now is painted. */
  const made = () => new Promise((done) => setTimeout(() => done(performance.now())));
  const painted = () => frame().then(made);

  /** Wait, frame by frame; returns when the first frame in which it held is painted. */
  async function until(holds, what) {
    const end = performance.now() + PATIENCE;
    do {
      await frame();
      if (performance.now() > end) throw new Error(`this did not come about: ${what}`);
    } while (!holds());
    return made();
  }

  /** The next event of a kind, at its window before anybody else sees it. */
  const next = (kind) =>
    new Promise((done) => addEventListener(kind, (event) => done(event.timeStamp), { capture: true, once: true }));

  const bench = () => [...document.querySelectorAll(".p3c-root")].find((each) => each.offsetParent);
  const pane = () => bench()?.querySelector(".p3c-text");

  /** Whether every coded line in sight has its bars; there is at least one. */
  function dressed(coded) {
    const sight = pane().getBoundingClientRect();
    const seen = (element) => {
      const box = element.getBoundingClientRect();
      return box.bottom > sight.top && box.top < sight.bottom;
    };
    let any = false;
    for (const block of pane().querySelectorAll(".p3c-block")) {
      // a block out of sight is not laid out, and is not asked about its rows
      if (!seen(block)) {
        if (any) break;
        continue;
      }
      for (const row of block.querySelectorAll(".p3c-row"))
        if (coded.has(Number(row.dataset.n)) && seen(row)) {
          if (!row.querySelector(".p3c-bar")) return false;
          any = true;
        }
    }
    return any && Boolean(pane().querySelector(".p3c-chip"));
  }

  /** The state line names the source, what is coded in sight has bars and names, keys code. */
  const usable = (key, coded) =>
    bench()?.querySelector(".p3c-line-of-state b")?.textContent === key &&
    document.activeElement === pane() &&
    dressed(coded);

  /** What the Configure view says of how many cards it shows. */
  const counted = () => bench()?.querySelector(".p3c-con-count")?.textContent;

  /** Whether every card in sight is drawn; there is at least one. */
  function carded() {
    const list = bench().querySelector(".p3c-cards");
    if (!list) return false;
    const { bottom } = list.getBoundingClientRect();
    let any = false;
    for (const card of list.children) {
      if (card.getBoundingClientRect().top >= bottom) break;
      if (!card.firstChild) return false;
      any = true;
    }
    return any;
  }

  let result = null;
  const arm = (work) => {
    result = work();
    result.catch(() => undefined);
  };

  return {
    result: () => result,

    /** Where on the screen a source of the list is. */
    place: (key) => {
      const line = bench().querySelector(`.p3c-doc[data-key="${key}"]`);
      line.scrollIntoView({ block: "nearest" });
      const box = line.getBoundingClientRect();
      return [box.left + box.width / 2, box.top + box.height / 2];
    },

    /** From the click on a source until it can be coded. */
    open: (key, lines) =>
      arm(async () => {
        const coded = new Set(lines);
        const from = await next("click");
        return (await until(() => usable(key, coded), `the text ${key} is usable`)) - from;
      }),

    /** From the beginning of the navigation until the text can be coded. */
    loaded: (key, lines) =>
      arm(async () => {
        const coded = new Set(lines);
        return until(() => usable(key, coded), `the text ${key} is usable`);
      }),

    /** From the beginning of the navigation until something that can be used is painted. */
    shown: (selector) =>
      arm(async () => {
        const there = () => {
          const found = document.querySelector(selector);
          return Boolean(found?.offsetParent) && !found.disabled;
        };
        return until(there, selector);
      }),

    /** From the key until bar and name are painted, and until the store has it. */
    give: (label) =>
      arm(async () => {
        const count = () =>
          Math.min(
            pane().querySelectorAll(`.p3c-chip[aria-label^="${label}"]`).length,
            pane().querySelectorAll(`.p3c-bar[title^="${label}"]`).length,
          );
        const before = count();
        const from = await next("keydown");
        const drawn = (await until(() => count() > before, "the new coding is drawn")) - from;
        const waits = () => bench().querySelector(".p3c-waits, .p3c-text .p3c-pending");
        const definite = (await until(() => !waits(), "the new coding is definite")) - from;
        if (count() <= before) throw new Error("the new coding was refused");
        return [drawn, definite];
      }),

    /** From the key until the tree shows only what matches. */
    sift: (label) =>
      arm(async () => {
        const search = bench().querySelector(".p3c-codes .p3c-search");
        const hits = () => bench().querySelectorAll(".p3c-tree .p3c-hit").length;
        if (hits()) throw new Error("the tree is filtered already");
        const from = await next("keydown");
        const there = () => search.value === label && hits() > 0;
        return (await until(there, "the tree is filtered")) - from;
      }),

    /** From the click on the Summarise view until rows of its table are painted. */
    table: () =>
      arm(async () => {
        const from = await next("click");
        return (await until(() => bench().querySelector(".p3c-grid-row"), "the table is there")) - from;
      }),

    /** From a key until what it does is painted. */
    key: () =>
      arm(async () => {
        const from = await next("keydown");
        return (await painted()) - from;
      }),

    /** From the key until the first rows stand in a category, and until the store has it. */
    bundle: (label) =>
      arm(async () => {
        const from = await next("keydown");
        const rows = () => [...bench().querySelectorAll(".p3c-grid-category")].slice(0, 10);
        const there = () => rows().every((each) => each.textContent.includes(label));
        const drawn = (await until(there, "the rows are bundled")) - from;
        const definite = (await until(() => !bench().querySelector(".p3c-waits"), "the bundle is definite")) - from;
        return [drawn, definite];
      }),

    /** From the click on the Configure view until the cards in sight are painted. */
    cards: () =>
      arm(async () => {
        const from = await next("click");
        return (await until(() => counted() && carded(), "the cards are there")) - from;
      }),

    /** From what a filter hears until the cards that pass it are painted. */
    filter: (event) =>
      arm(async () => {
        const before = counted();
        const from = await next(event);
        const there = () => counted() !== before && carded();
        return (await until(there, "the cards are filtered")) - from;
      }),

    /** From the key until the workbench says which configuration it made of the spans. */
    link: () =>
      arm(async () => {
        if (bench().querySelectorAll(".p3c-tray-chip").length !== 3) throw new Error("three spans are to be linked");
        const said = () => bench().querySelector(".p3c-note span")?.textContent ?? "";
        const before = said();
        const from = await next("keydown");
        const there = () => said() !== before && /\bc\d+\b/.test(said());
        return (await until(there, "the spans are linked")) - from;
      }),

    /** Scroll for a while, back from the end; the longest time between two frames. */
    scroll: async (share, every, milliseconds) => {
      const area = pane() ?? document.scrollingElement;
      const step = share < 2 ? share * area.clientHeight : share;
      area.scrollTop = 0;
      await painted();
      let [longest, turn, by] = [0, 0, step];
      let last = performance.now();
      for (const end = last + milliseconds; last < end; turn++) {
        if (turn % every === 0) {
          const before = area.scrollTop;
          area.scrollTop += by;
          if (area.scrollTop === before) by = -by;
        }
        await frame();
        const now = performance.now();
        longest = Math.max(longest, now - last);
        last = now;
      }
      return longest;
    },

    /** On the plain page: from the key until a sentence has another background. */
    mark: () =>
      arm(async () => {
        const from = await next("keydown");
        const [words] = document.querySelector("p").childNodes;
        const range = document.createRange();
        range.setStart(words, 0);
        range.setEnd(words, Math.min(60, words.length));
        range.surroundContents(document.createElement("mark"));
        return (await painted()) - from;
      }),

    /** One empty question to the server. */
    ask: async (address) => {
      const from = performance.now();
      await (await fetch(address)).text();
      return performance.now() - from;
    },

    /** A plain list of as many lines, and from the key until it is filtered. */
    list: (labels) => {
      const lines = labels.map((label) => {
        const line = document.createElement("p");
        line.textContent = label;
        return line;
      });
      document.body.replaceChildren(...lines);
      arm(async () => {
        const from = await new Promise((done) =>
          addEventListener("keydown", (event) => {
            for (const line of lines) line.hidden = !line.textContent.includes(event.key);
            done(event.timeStamp);
          }, { once: true }));
        return (await painted()) - from;
      });
    },
  };
})();
