// Words on a reader's screen -> ranked statuses, each with the reason. No dependencies, no server, no network.
//
// The same as src/helptree/finder.py and finder_text.py, function by function under the same names: change both, and
// tests/finder/test_same_ranking.py tells whether they still agree. Numbers are whole until the last divisions, which
// stand in the same order, so scores agree to the last digit.
//
// A classic script, not a module: browsers load no modules from file://, and a help site must open from a disk.
//
//     const finder = helptreeFinder.makeFinder(globalThis.helptreeFinderIndex);   // from finder-index.js
//     finder.find("awaitng cancelation");   // -> [{id, label, score, reason}, ...], best first; [] when none is meant
"use strict";

(() => {
  const MAX_CHARACTERS = 20000;
  const MAX_TOKENS = 600;
  const LIMIT = 5;
  const REFUSED_BELOW = [0.4, 0.38, 0.32, 0.28, 0.22, 0.18];
  const WORDING_BELOW = 0.36;
  const LEFT_BEHIND = 0.5;
  const EXACT = 100;
  const FEW = 60;
  const SAID_BESIDE = 900;
  const SYNONYM = 70;
  const INFLECTED = 75;
  const PASTE_NUMBERS = 3;
  const SHORT = 80;
  const COMMON = 15;
  const UNKNOWN = 200;
  const UNKNOWN_SHORT = 100;
  const UNKNOWN_TINY = 25;
  const WORDING = 0;
  const LABEL = 1;
  const SYMPTOM = 2;
  const MEANING = 3;
  const TOPIC = 4;
  const SAYING = 5;
  const KIND_FACTOR = [90, 95, 100, 75, 0, 90];
  const ELSEWHERE = 150;
  const SHARED = 104;

  // --- words as the finder compares them (finder_text.py)

  const FOLDS = {
    "а": "a", "в": "b", "е": "e", "і": "i", "ј": "j", "к": "k", "м": "m", "н": "h", "о": "o", "р": "p", "с": "c",
    "т": "t", "у": "y", "х": "x", "ѕ": "s", "ԁ": "d", "ӏ": "i",
    "α": "a", "β": "b", "ε": "e", "ι": "i", "κ": "k", "ν": "v", "ο": "o", "ρ": "p", "τ": "t", "υ": "u", "χ": "x",
    "γ": "y", "ς": "σ", "ı": "i", "l": "i", "ł": "i", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae",
    "œ": "oe", "ə": "e", "ى": "ي", "ی": "ي", "ې": "ي", "ک": "ك", "ة": "ه", "ۀ": "ه", "ـ": "", "’": "'", "ʼ": "'",
  };
  const FOLDED = new RegExp(`[${Object.keys(FOLDS).join("")}]`, "gu");
  const DIGITS = { 0: "o", 1: "i", 3: "e", 4: "a", 5: "s", 6: "g", 8: "b" };
  const WORD = /[\p{L}\p{N}]+/gu;
  const NUMBER = /[0-9]+/g;
  const BREAK = /[\n\r\t.!?;:|•·…/()[\]{}<>«»“”"*#=。！？；：、，【】（）「」؟؛]| {2,}| [-–—] /u;
  const ARABIC = /^[\u0621-\u06d3]/u;
  const ARABIC_PREFIXES = ["وال", "بال", "كال", "فال", "ال", "لل"];
  const ARABIC_SUFFIXES = ["ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي"];
  const UNSPACED =
    /([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]+)/u;
  const UNSPACED_START = new RegExp(`^${UNSPACED.source}`, "u");
  const MARKS = /\p{M}|[\u{10000}-\u{10ffff}]/gu;

  function fold(text) {
    if (text.length > MAX_CHARACTERS) text = Array.from(text).slice(0, MAX_CHARACTERS).join("");
    return text.normalize("NFKD").replace(MARKS, "").toLowerCase().replace(FOLDED, (char) => FOLDS[char]);
  }

  function tokenize(text) {
    const tokens = [];
    let position = 0;
    const parts = fold(text).split(BREAK);
    for (let segment = 0; segment < parts.length; segment++) {
      for (const [found] of parts[segment].matchAll(WORD)) {
        for (const run of found.split(UNSPACED)) {
          if (isUnspaced(run)) {
            position = addCharacters(run, position, segment, tokens);
            continue;
          }
          const word = asWord(run);
          if (word) tokens.push({ text: word, position: position++, segment });
        }
        if (tokens.length >= MAX_TOKENS) return tokens;
      }
    }
    return tokens;
  }

  function countNumbers(text) {
    return (fold(text).match(NUMBER) || []).length;
  }

  function isUnspaced(text) {
    return UNSPACED_START.test(text);
  }

  function addCharacters(run, position, segment, tokens) {
    for (let index = 0; index < run.length; index++) {
      tokens.push({ text: run[index], position, segment });
      if (index + 1 < run.length) tokens.push({ text: run.slice(index, index + 2), position, segment });
      position++;
    }
    return position;
  }

  function asWord(run) {
    const digits = (run.match(/\p{Nd}/gu) || []).length;
    if (digits * 2 >= run.length) return "";
    if (digits) run = run.replace(/[0134568]/g, (digit) => DIGITS[digit]);
    run = run.replaceAll("rn", "m").replaceAll("vv", "w");
    return ARABIC.test(run) ? withoutAffixes(run) : run;
  }

  function withoutAffixes(word) {
    if (word.startsWith("و") && word.length > 3) word = word.slice(1);
    const prefix = ARABIC_PREFIXES.find((each) => word.startsWith(each) && word.length >= each.length + 2);
    if (prefix) word = word.slice(prefix.length);
    for (const suffix of ARABIC_SUFFIXES) {
      if (word.endsWith(suffix) && word.length >= suffix.length + 2) word = word.slice(0, -suffix.length);
    }
    return word;
  }

  // --- small helpers (the functions at the end of finder.py)

  function gramsOf(text) {
    const joined = [...new Set(tokenize(text).map((token) => token.text))].join("");
    const grams = new Set();
    for (let index = 0; index < joined.length - 2; index++) grams.add(joined.slice(index, index + 3));
    return grams;
  }

  function withOneLess(name) {
    const found = [name];
    for (let index = 0; index < name.length; index++) found.push(name.slice(0, index) + name.slice(index + 1));
    return found;
  }

  function isOneError(name, other) {
    if (Math.max(name.length, other.length) < 5) return false;
    let start = 0;
    while (start < Math.min(name.length, other.length) && name[start] === other[start]) start++;
    const rest = name.slice(start);
    const otherRest = other.slice(start);
    return (
      rest.slice(1) === otherRest ||
      rest === otherRest.slice(1) ||
      rest.slice(1) === otherRest.slice(1) ||
      (rest.slice(0, 2) === [...otherRest.slice(0, 2)].reverse().join("") && rest.slice(2) === otherRest.slice(2))
    );
  }

  function isInflected(name, other) {
    const shorter = Math.min(name.length, other.length);
    const longer = Math.max(name.length, other.length);
    let shared = 4;
    while (shared < shorter && name[shared] === other[shared]) shared++;
    if (shared === shorter) return shared * 10 >= longer * 4;
    return shared * 3 >= longer * 2;
  }

  function raise(map, key, value) {
    if (value > (map.get(key) || 0)) map.set(key, value);
  }

  function lineOf(tokens) {
    return [...new Set(tokens.map((token) => token.text))].sort().join(" ");
  }

  function sum(values) {
    let total = 0;
    for (const value of values) total += value;
    return total;
  }

  function pair(weights, query, hits) {
    const heldByText = new Map();
    const heldByQuery = new Map();
    const toldByText = new Map();
    const toldByQuery = new Map();
    for (const [index, variant, likeness] of hits) {
      const held = weights.get(variant) * likeness;
      const told = query.words[index].weight * likeness;
      raise(heldByText, variant, held);
      raise(heldByQuery, index, held);
      raise(toldByText, variant, told);
      raise(toldByQuery, index, told);
    }
    return [
      Math.min(sum(heldByText.values()), sum(heldByQuery.values())),
      Math.min(sum(toldByText.values()), sum(toldByQuery.values())),
    ];
  }

  function placesOf(query, hits) {
    const places = [];
    for (const [index, variant, likeness] of hits) {
      for (const [place, segment] of query.words[index].places) places.push([place, segment, index, variant, likeness]);
    }
    return places.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2] || a[3] - b[3] || a[4] - b[4]);
  }

  function weigh(weights, found) {
    let total = 0;
    for (const [word, likeness] of found) total += weights.get(word) * likeness;
    return total;
  }

  function isDirect(hits) {
    return hits.some(([, , likeness]) => likeness > SYNONYM);
  }

  function balance(held, told) {
    return held + told ? (2 * held * told) / (held + told) : 0;
  }

  function scoreWindows(text, places, isPaste) {
    const longest = text.words.size + 2;
    let best = 0;
    places = places.filter((place) => place[4] > SYNONYM);
    for (let first = 0; first < places.length; first++) {
      const found = new Map();
      for (let next = first; next < places.length; next++) {
        const [position, , , variant, likeness] = places[next];
        if (position - places[first][0] >= longest) break;
        raise(found, variant, likeness);
      }
      best = Math.max(best, weigh(text.words, found));
    }
    const held = best / (100 * text.total);
    return held * held * (best / (best + (isPaste ? 8000 : 20000)));
  }

  function describe(told, total) {
    const explained = told / 10000;
    const left = Math.min(total - explained, SAID_BESIDE);
    return (explained / (explained + left)) * (explained / (explained + FEW));
  }

  function rounded(score) {
    return Math.floor(score * 1000000 + 0.5) / 1000000;
  }

  function fill(template, values) {
    for (const [name, value] of Object.entries(values)) template = template.replaceAll(`{${name}}`, () => value);
    return template;
  }

  function floorOf(told) {
    return REFUSED_BELOW[Math.min(told ? told[1] : 0, REFUSED_BELOW.length - 1)];
  }

  function push(map, key, value) {
    const found = map.get(key);
    if (found) found.push(value);
    else map.set(key, [value]);
  }

  // --- the finder

  class Finder {
    constructor(index) {
      this.index = index;
      this.numbers = new Map();
      this.names = [];
      this.common = new Set(index.common.split(" "));
      // An index that a browser has kept from an earlier site may lack these two.
      this.screen = new Set((index.screen || []).map((text) => lineOf(tokenize(text))));
      this.life = (index.life || []).map((topic) => index.statuses.length + topic);
      this.spoken = new Set(index.texts.filter((row) => row[1] === LABEL).map((row) => row[2]));
      const rows = index.texts.map((row) => [row, this.numberWords(row[3])]);
      index.topics.forEach((words, topic) => {
        const row = [index.statuses.length + topic, TOPIC, "", "", 0];
        rows.push([row, this.numberList(words)]);
      });
      const synonyms = index.synonyms.map((words) => this.numberList(words));
      this.weights = this.weighWords(rows);
      this.texts = rows.map(([row, words]) => this.text(row, words));
      this.ofWord = this.names.map(() => []);
      this.ofGram = new Map();
      this.linkTexts();
      this.near = new Map();
      this.sameStart = new Map();
      this.linkWords();
      this.groupsOf = new Map();
      this.members = [];
      this.linkSynonyms(synonyms);
      this.known = new Map();
    }

    // --- the index

    numberWords(text) {
      return [...new Set(tokenize(text).map((token) => this.number(token.text)))];
    }

    numberList(words) {
      const tokens = words.split(" ").flatMap((word) => tokenize(word).map((token) => token.text));
      return [...new Set(tokens)].filter((text) => text.length > 1).map((text) => this.number(text));
    }

    number(name) {
      let number = this.numbers.get(name);
      if (number === undefined) {
        number = this.names.length;
        this.numbers.set(name, number);
        this.names.push(name);
      }
      return number;
    }

    weighWords(rows) {
      const statuses = this.names.map(() => new Set());
      for (const [row, words] of rows) for (const word of words) statuses[word].add(row[0]);
      return this.names.map((name, number) => {
        if (this.common.has(name)) return COMMON;
        const idf = this.index.idf[statuses[number].size];
        return isUnspaced(name) && name.length === 1 ? Math.floor(idf / 3) : idf;
      });
    }

    text(row, numbers) {
      const [status, kind, locale, text, attested] = row;
      const words = new Map(numbers.map((word) => [word, this.weights[word]]));
      const grams = kind === WORDING || kind === LABEL ? gramsOf(text) : new Set();
      return { status, kind, locale, text, attested, words, total: sum(words.values()), grams };
    }

    linkTexts() {
      this.texts.forEach((text, number) => {
        for (const word of text.words.keys()) this.ofWord[word].push(number);
        for (const gram of text.grams) push(this.ofGram, gram, number);
      });
    }

    linkWords() {
      this.names.forEach((name, number) => {
        if (name.length < 4 || isUnspaced(name)) return;
        push(this.sameStart, name.slice(0, 4), number);
        for (const key of withOneLess(name)) push(this.near, key, number);
      });
    }

    linkSynonyms(synonyms) {
      synonyms.forEach((words, group) => {
        const forms = new Set(words.flatMap((word) => this.forms(word)));
        this.members.push([...forms].filter((form) => this.ofWord[form].length));
        for (const form of forms) push(this.groupsOf, form, group);
      });
    }

    forms(word) {
      const name = this.names[word];
      if (name.length < 4 || isUnspaced(name)) return [word];
      const others = this.sameStart.get(name.slice(0, 4)) || [];
      return [word, ...others.filter((other) => isInflected(name, this.names[other]))];
    }

    // --- the query

    find(text, limit = LIMIT) {
      const query = this.read(text);
      const best = this.scoreTexts(query);
      const [told, ofLife] = this.explain(query);
      // The more of it is about other matters of life, the better a status must be.
      const doubt = ofLife && !query.isPaste ? ofLife / query.total : 0;
      const scored = this.scoreStatuses(query, best, told);
      const leftBehind = Math.max(0, ...scored.map(([score]) => score * LEFT_BEHIND));
      const byScore = (a, b) => b[0] - a[0] || a[1] - b[1];
      const passed = scored
        .filter((row) => row[0] >= Math.max(leftBehind, this.floor(row, told, query.isPaste) + doubt))
        .sort(byScore);
      const known = this.index.statuses.length;
      if (!passed.length || passed[0][1] >= known) return [];
      // What one status may be, those that fit better may be as well.
      const least = Math.min(...passed.filter(([, status]) => status < known).map(([score]) => score));
      const ranked = scored.filter((row) => row[1] < known && row[0] >= least).sort(byScore);
      return ranked.slice(0, limit).map(([score, status, number, how]) => {
        const [id, label] = this.index.statuses[status];
        return { id, label, score, reason: this.reason(status, number, how) };
      });
    }

    floor([, status, number], told, isPaste) {
      const kind = number >= 0 ? this.texts[number].kind : MEANING;
      if (isPaste || kind === WORDING || kind === LABEL) return WORDING_BELOW;
      return floorOf(told.get(status));
    }

    read(text) {
      const isPaste = countNumbers(text) >= PASTE_NUMBERS;
      const tokens = this.mend(isPaste ? this.withoutScreen(tokenize(text)) : tokenize(text));
      const words = new Map();
      const segments = new Map();
      for (const token of tokens) {
        let word = words.get(token.text);
        if (!word) {
          const variants = this.variants(token.text);
          word = { variants, weight: this.weight(token.text, variants), places: [] };
          words.set(token.text, word);
        }
        word.places.push([token.position, token.segment]);
        segments.set(token.segment, (segments.get(token.segment) || 0) + word.weight);
      }
      const list = [...words.values()];
      const total = sum(list.map((word) => word.weight));
      const grams = tokens.length <= 12 ? gramsOf(text) : new Set();
      return { words: list, total, segments, grams, isPaste };
    }

    withoutScreen(tokens) {
      const lines = new Map();
      for (const token of tokens) push(lines, token.segment, token);
      return [...lines.values()].filter((line) => !this.screen.has(lineOf(line))).flat();
    }

    mend(tokens) {
      const mended = [];
      const isShort = tokens.length <= SHORT;
      let index = 0;
      while (index < tokens.length) {
        const joined =
          this.join(tokens.slice(index, index + 3), isShort) || this.join(tokens.slice(index, index + 2), isShort);
        const { position, segment } = tokens[index];
        mended.push(joined ? { text: joined[0], position, segment } : tokens[index]);
        index += joined ? joined[1] : 1;
      }
      return mended;
    }

    join(tokens, isShort) {
      if (tokens.length < 2 || tokens.every((token) => this.numbers.has(token.text))) return null;
      if (tokens[0].segment !== tokens[tokens.length - 1].segment) return null;
      if (tokens.some((token) => isUnspaced(token.text))) return null;
      const joined = tokens.map((token) => token.text).join("");
      const isKnown = this.numbers.has(joined) || (isShort && joined.length >= 7 && this.oneError(joined).size);
      return isKnown ? [joined, tokens.length] : null;
    }

    weight(name, variants) {
      if (this.common.has(name)) return COMMON;
      if (variants.size) {
        const likeness = Math.max(...variants.values());
        let most = 0;
        for (const [word, found] of variants) if (found === likeness) most = Math.max(most, this.weights[word]);
        return most;
      }
      if (name.length >= 4) return UNKNOWN;
      return name.length === 3 || (name.length === 2 && isUnspaced(name)) ? UNKNOWN_SHORT : UNKNOWN_TINY;
    }

    variants(name) {
      let found = this.known.get(name);
      if (!found) {
        found = this.withSynonyms(this.lookUp(name));
        if (this.known.size < 20000) this.known.set(name, found);
      }
      return found;
    }

    withSynonyms(direct) {
      const found = new Map();
      for (const [word, likeness] of direct) if (this.ofWord[word].length) found.set(word, likeness);
      for (const [word, likeness] of direct) {
        for (const group of this.groupsOf.get(word) || []) {
          for (const member of this.members[group]) raise(found, member, Math.floor((likeness * SYNONYM) / EXACT));
        }
      }
      return found;
    }

    lookUp(name) {
      const found = new Map();
      if (this.numbers.has(name)) found.set(this.numbers.get(name), EXACT);
      if (name.length < 4 || isUnspaced(name)) return found;
      if (!found.size) for (const [word, likeness] of this.oneError(name)) found.set(word, likeness);
      for (const word of this.sameStart.get(name.slice(0, 4)) || []) {
        if (!found.has(word) && isInflected(name, this.names[word])) found.set(word, INFLECTED);
      }
      return found.size ? found : this.halves(name);
    }

    oneError(name) {
      const found = new Map();
      for (const key of withOneLess(name)) {
        for (const word of this.near.get(key) || []) {
          const shorter = Math.min(name.length, this.names[word].length);
          if (!found.has(word) && isOneError(name, this.names[word])) found.set(word, shorter >= 6 ? 88 : 72);
        }
      }
      return found;
    }

    halves(name) {
      for (let cut = 3; cut < name.length - 2; cut++) {
        const first = this.numbers.get(name.slice(0, cut));
        const second = this.numbers.get(name.slice(cut));
        if (first !== undefined && second !== undefined) return new Map([[first, 80], [second, 80]]);
      }
      return new Map();
    }

    // --- scores

    scoreTexts(query) {
      const hits = new Map();
      query.words.forEach((word, index) => {
        for (const [variant, likeness] of word.variants) {
          for (const number of this.ofWord[variant]) push(hits, number, [index, variant, likeness]);
        }
      });
      const shared = this.countGrams(query);
      const best = new Map();
      for (const number of [...new Set([...hits.keys(), ...shared.keys()])].sort((a, b) => a - b)) {
        const text = this.texts[number];
        if (text.kind === MEANING || text.kind === TOPIC) continue;
        if (query.isPaste && (text.kind === SYMPTOM || text.status >= this.index.statuses.length)) continue;
        if (!this.spoken.has(text.locale) && !shared.has(number) && !isDirect(hits.get(number))) continue;
        const [score, how] = this.scoreText(text, query, hits.get(number) || [], shared.get(number) || 0);
        if (score > (best.get(text.status) || [0])[0]) best.set(text.status, [score, number, how]);
      }
      return best;
    }

    countGrams(query) {
      const shared = new Map();
      for (const gram of query.grams) {
        for (const number of this.ofGram.get(gram) || []) shared.set(number, (shared.get(number) || 0) + 1);
      }
      const least = Math.floor(query.grams.size / 3);
      return new Map([...shared].filter(([, count]) => count > least));
    }

    scoreText(text, query, hits, shared) {
      if (text.kind === SAYING && query.isPaste) return [this.scoreLine(text, query, hits), "contains"];
      const [matched, told] = pair(text.words, query, hits);
      const held = text.total ? matched / (100 * text.total) : 0;
      const said = Math.min(100 * query.total, told + 100 * SAID_BESIDE);
      let best = said ? balance(held, told / said) : 0;
      let how = best === 1 ? "is" : "similar";
      if (shared) {
        const alike = ((2 * shared) / (text.grams.size + query.grams.size)) * 0.95;
        if (alike > best) [best, how] = [alike, "similar"];
      }
      if (text.kind !== SYMPTOM && text.kind !== SAYING && held >= 0.7 && query.segments.size + query.words.length > 8) {
        const inside = this.scorePlaces(text, query, hits);
        if (inside > best) [best, how] = [inside, "contains"];
      }
      return [best, how];
    }

    scoreLine(text, query, hits) {
      const direct = hits.filter(([, , likeness]) => likeness > SYNONYM);
      const held = sum([...new Set(direct.map(([, variant]) => variant))].map((variant) => text.words.get(variant)));
      return 4 * held < text.total ? 0 : this.scoreSegments(text, query, placesOf(query, direct));
    }

    scorePlaces(text, query, hits) {
      const places = placesOf(query, hits);
      return Math.max(this.scoreSegments(text, query, places), scoreWindows(text, places, query.isPaste));
    }

    scoreSegments(text, query, places) {
      let best = 0;
      const bySegment = new Map();
      for (const [, segment, ...hit] of places) push(bySegment, segment, hit);
      for (const [segment, rows] of bySegment) {
        const [held, told] = pair(text.words, query, rows);
        const share = Math.min(1, told / (100 * query.segments.get(segment)));
        const score = balance(held / (100 * text.total), share);
        best = Math.max(best, query.isPaste ? (score * held) / (held + 100 * FEW) : score);
      }
      return best * 0.9;
    }

    scoreStatuses(query, best, told) {
      if (!query.total) return [];
      return [...new Set([...told.keys(), ...best.keys()])]
        .sort((a, b) => a - b)
        .map((status) => {
          const [match, number, how] = best.get(status) || [0, -1, ""];
          const description = query.isPaste ? 0 : describe((told.get(status) || [0])[0], query.total);
          // Another topic may have words alone, and wins by them.
          const isWords = status >= this.index.statuses.length && (number < 0 || match > description);
          const wording = isWords ? description : match;
          const score = query.isPaste ? wording : (wording + description) / 2;
          return [rounded(score), status, number, how];
        });
    }

    explain(query) {
      const told = new Map();
      const known = this.index.statuses.length;
      let ofLife = 0;
      for (const word of query.words) {
        const most = new Map();
        const elsewhere = new Map();
        for (const [variant, likeness] of word.variants) {
          for (const number of this.ofWord[variant]) {
            const text = this.texts[number];
            if (text.status >= known) raise(elsewhere, text.status, likeness);
            else raise(most, text.status, likeness * KIND_FACTOR[text.kind]);
          }
        }
        const isOfLife = !most.size && this.life.some((topic) => (elsewhere.get(topic) || 0) >= INFLECTED);
        if (isOfLife) ofLife += word.weight;
        const factor = most.size ? SHARED : ELSEWHERE;
        for (const [topic, likeness] of elsewhere) most.set(topic, likeness * factor);
        for (const [status, value] of most) {
          const [before, words] = told.get(status) || [0, 0];
          told.set(status, [before + word.weight * value, words + (word.weight > COMMON ? 1 : 0)]);
        }
      }
      return [told, ofLife];
    }

    // --- reasons

    reason(status, number, how) {
      const words = this.index.words;
      const text = this.texts[number];
      if (!text || text.kind === SAYING) return fill(words.meaning, { text: this.index.statuses[status][1] });
      if (text.kind === LABEL) return fill(words.label, { text: text.text });
      if (text.kind === SYMPTOM) return fill(words.symptom, { text: text.text });
      const told = fill(words[how], { text: text.text, language: this.index.languages[text.locale] });
      return `${told} (${text.attested ? words.attested : words.ours})`;
    }
  }

  globalThis.helptreeFinder = { makeFinder: (index) => new Finder(index), fold, tokenize };
})();
