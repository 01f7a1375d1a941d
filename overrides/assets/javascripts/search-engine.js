/* What somebody typed in; pages that hold these words out. Lexical, fixed, on this device; asks nobody, keeps nothing.

   generator/language.py treats the words of the book as `stems` and `terms` here treat a query: change both together.
   Words that are not in the book are compared with those that are: begun, joined, split or misspelt. */
(function (root) {
  "use strict";

  const BEST = 14; // candidates whose names are compared with the whole query
  const SHOWN = 10;
  const STRONG = 12; // weight from which on a word counts as answered
  const LONG = 0.4; // how much a name loses for words of the query that it lacks; the rest is for its own that were not typed
  const COVER = 0.6; // how much of the sum depends on the share of the query that a page answers
  const NAMED = 3; // how much more a page counts if its two likest names are the whole query
  const FULL = 24; // weight at which a word counts half
  const UNKNOWN = 40; // rarity of a word that no page has
  const FAINT = 12; // the same for one that tells little, such as a number

  const bare = (text) =>
    (text.toLowerCase().replace(/['’‘ʼ`´]/g, "").normalize("NFKD").replace(/\p{Mn}/gu, "").replace(/%/g, " percent ").match(/[a-z0-9]+/g) || []);

  function stem(word) {
    if (word.length <= 3 || /^\d+$/.test(word)) return word;
    if (word.length > 6 && word.endsWith("ness")) word = word.slice(0, -4);
    else if (word.length > 4 && word.endsWith("ies")) word = word.slice(0, -3) + "y";
    else if (/s$/.test(word) && !/(ss|us|is)$/.test(word)) word = word.slice(0, -1);
    const cut = word.length > 5 && word.endsWith("ing") ? 3 : word.length > 4 && word.endsWith("ed") ? 2 : 0;
    if (cut && word[word.length - cut - 1] !== "e") word = word.slice(0, -cut).replace(/([^aeioulsz])\1$/, "$1");
    return word.length > 3 && word.endsWith("e") ? word.slice(0, -1) : word;
  }

  /* Steps from one word to another: a letter more, less, other, or two swapped. `limit` + 1 stands for anything above. */
  function distance(a, b, limit) {
    if (Math.abs(a.length - b.length) > limit) return limit + 1;
    let before, last = [], row = Array.from({ length: b.length + 1 }, (_, i) => i);
    for (let i = 1; i <= a.length; i++) {
      before = last;
      last = row;
      row = [i];
      let least = i;
      for (let j = 1; j <= b.length; j++) {
        let cost = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, before[j - 2] + 1);
        row.push(cost);
        if (cost < least) least = cost;
      }
      if (least > limit) return limit + 1;
    }
    return row[b.length];
  }

  /* `load(name)` returns a promise of the part of the index with this name; `core` is its part "core". */
  function engine(core, load) {
    const ignore = new Set(core.ignore.split(" ")), whole = new Set(core.whole.split(" "));
    const same = new Map(core.same.map((line) => line.split("=")).map(([words, other]) => [words, other.split(" ")]));
    const longest = Math.max(1, ...[...same.keys()].map((words) => words.split(" ").length));
    const words = core.words.split(" "), known = new Map(words.map((word, i) => [word, (core.rare.charCodeAt(i) - 48) * 2]));
    const firsts = core.terms.split(" ");
    const sets = (lines) => lines.map((line) => line.split(" "));
    const urgent = sets(core.urgent), careful = sets(core.careful);
    const faint = new Set(core.faint.split(" ")), plain = new Set([...faint, ...urgent.flat(), ...careful.flat()]);

    const last = (list, fits) => {
      let low = 0, high = list.length;
      while (high - low > 1) {
        const middle = (low + high) >> 1;
        if (fits(list[middle])) low = middle;
        else high = middle;
      }
      return low;
    };
    const part = (term) => load("t" + last(firsts, (first) => first <= term));

    const stems = (text) => bare(text).filter((word) => !ignore.has(word)).map((word) => (whole.has(word) ? word : stem(word)));

    function terms(list) {
      const found = [];
      for (let start = 0; start < list.length; ) {
        let length = Math.min(longest, list.length - start), other;
        for (; length > 0; length--) if ((other = same.get(list.slice(start, start + length).join(" ")))) break;
        found.push(...(other || [list[start]]));
        start += length || 1;
      }
      return found;
    }

    /* Words of the book that somebody may have meant by `word`, the likeliest first: [word, how alike from 0 to 1]. */
    function alike(word, unfinished) {
      const limit = word.length < 4 ? 0 : word.length < 7 ? 1 : 2, found = [];
      const begun = unfinished && word.length > 1;
      if (!limit && !begun) return found;
      for (const one of words) {
        if (begun && one.startsWith(word)) found.push([one, 0.9 - 0.03 * (one.length - word.length)]);
        else if (limit) {
          const steps = distance(word, one, limit);
          if (steps <= limit) found.push([one, 1 - (0.5 * steps + (word[0] === one[0] ? 0 : 0.4)) / Math.sqrt(Math.max(word.length, one.length))]);
        }
      }
      const common = (one) => known.get(one[0]) / 1000;
      return found.sort((a, b) => b[1] - common(b) - (a[1] - common(a)) || (a[0] < b[0] ? -1 : 1)).slice(0, 3);
    }

    function pieces(word) {
      for (let at = word.length - 2; at > 1; at--) {
        const one = stem(word.slice(0, at)), two = stem(word.slice(at));
        if (one.length > 1 && known.has(one) && known.has(two)) return [one, two];
      }
    }

    /* The query as the book would put it: [[term, how sure], ...], other readings of single words after it. */
    async function read(query) {
      const typed = stems(query), unfinished = !/\s$/.test(query), list = [], extra = [];
      const has = async (word) => known.has(word) || same.has(word) || plain.has(word) || Object.hasOwn(await part(word), word);
      for (let i = 0; i < typed.length; i++) {
        const word = typed[i], next = typed[i + 1];
        const there = await has(word);
        if (next && !(there && (await has(next))) && known.has(word + next)) {
          list.push([word + next, 1]);
          i++;
        } else if (there) {
          list.push([word, 1]);
          if (unfinished && i === typed.length - 1 && word.length > 2)
            extra.push(...alike(word, true).filter((one) => one[0].startsWith(word) && one[0] !== word).map(([one]) => [one, 0.3]));
        } else {
          const close = alike(word, unfinished && i === typed.length - 1), split = word.length > 5 && pieces(word);
          if (split && !(close.length && close[0][1] > 0.85)) list.push([split[0], 0.9], [split[1], 0.9]);
          else if (close.length) {
            list.push(close[0]);
            extra.push(...close.slice(1).filter((one) => one[1] > close[0][1] - 0.12).map(([one, sure]) => [one, sure * 0.7]));
          } else list.push([word, 0]);
        }
      }
      const sure = new Map();
      const add = (run, value) => terms(run).forEach((term) => sure.set(term, Math.max(value, sure.get(term) || 0)));
      add(list.map((one) => one[0]), 1);
      const least = new Map();
      list.forEach(([word, value]) => terms([word]).forEach((term) => least.set(term, Math.max(value, least.get(term) || 0))));
      for (const [term, value] of least) if (sure.has(term)) sure.set(term, value);
      const main = new Set(sure.keys());
      extra.forEach(([word, value]) => terms([word]).forEach((term) => sure.has(term) || sure.set(term, value)));
      return { main, sure };
    }

    async function shelf(number) {
      const at = last(core.shelves, (first) => first <= number);
      const [title, url, kind, names, spoken, lines] = (await load("d" + at))[number - core.shelves[at]];
      return { number, title, url, kind: core.kinds[kind], names, spoken, lines };
    }

    async function search(query) {
      const { main, sure } = await read(query);
      const score = new Map(), rare = new Map(), mass = new Map();
      const rows = await Promise.all([...sure.keys()].map(async (term) => [term, (await part(term))[term]]));
      for (const [term, row] of rows) {
        rare.set(term, row ? row[0] : faint.has(term) || /^\d+$/.test(term) ? FAINT : UNKNOWN);
        for (let i = 1, number = 0; row && i < row.length; i += 2) {
          number += row[i];
          score.set(number, (score.get(number) || 0) + (sure.get(term) * row[0] * row[i + 1]) / (row[i + 1] + FULL));
          mass.set(number, (mass.get(number) || 0) + sure.get(term) * row[0] * Math.min(1, row[i + 1] / STRONG));
        }
      }
      let total = 0;
      for (const term of main) total += rare.get(term);
      const first = [...score].map(([number, value]) => [number, value * (1 - COVER + (COVER * mass.get(number)) / (total || 1))])
        .sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, BEST);
      const found = await Promise.all(first.map(async ([number, value]) => {
        const page = await shelf(number);
        let best = 0, second = 0; // two names alike are a better sign than one
        for (const name of [page.title, ...page.names]) {
          let both = 0, own = 0;
          for (const term of new Set(terms(stems(name)))) {
            const weight = rare.has(term) ? rare.get(term) : known.get(term) || UNKNOWN;
            if (sure.has(term)) both += weight * sure.get(term);
            own += weight;
          }
          const like = both / (Math.pow(total || 1, LONG) * Math.pow(own || 1, 1 - LONG));
          if (like > best) [best, second] = [like, best];
          else if (like > second) second = like;
        }
        const like = (best + second) / 2;
        return { page, value: value * (1 + NAMED * like * like) };
      }));
      found.sort((a, b) => b.value - a.value || a.page.number - b.page.number);
      let pages = found.slice(0, SHOWN).map((one) => one.page);
      const typed = (set) => set.every((term) => sure.get(term) > 0.5);
      const alarm = urgent.some(typed) ? 1 : careful.some(typed) ? 2 : 0;
      const nothing = !pages.length;
      if (nothing) pages = await Promise.all(core.otherwise.map(shelf));
      if (alarm && core.pinned >= 0 && !pages.slice(0, alarm).some((page) => page.number === core.pinned)) {
        pages = pages.filter((page) => page.number !== core.pinned);
        pages.splice(alarm - 1, 0, await shelf(core.pinned));
      }
      return { pages: pages.map((page) => ({ ...page, line: line(page, sure) })), alarm, nothing };
    }

    /* The line of a page with most of the words; a spoken name counts as a line. Its title is shown anyway. */
    function line(page, sure) {
      let best = [-1, ""];
      for (const text of [...page.lines, ...page.names.slice(0, page.spoken)]) {
        let value = 0;
        for (const term of new Set(terms(stems(text)))) value += sure.get(term) || 0;
        if (value > best[0]) best = [value, text];
      }
      return mark(best[1], sure);
    }

    /* `text` in pieces: [[text, marked or not], ...]. A run of words is marked if the book calls it by a word typed. */
    function mark(text, sure) {
      const found = [], pattern = /[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu;
      let end = 0;
      for (const match of text.matchAll(pattern)) {
        const list = terms(stems(match[0]));
        if (!list.length || !list.every((term) => sure.has(term))) continue;
        if (match.index > end) found.push([text.slice(end, match.index), false]);
        found.push([match[0], true]);
        end = match.index + match[0].length;
      }
      if (end < text.length) found.push([text.slice(end), false]);
      return found;
    }

    return { search, terms: (text) => terms(stems(text)) };
  }

  root.causebookEngine = engine;
})(globalThis);
