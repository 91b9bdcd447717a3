//! Finds the source and the content of a cue: a conditional random field over the items of its window.

use crate::learn::crf::Crf;
use crate::learn::features::Features;
use crate::learn::hash::mix;
use crate::quotes::learned::cue_spans::bucket;
use crate::quotes::learned::hints::Hints;
use crate::quotes::learned::view::{Clue, Kind, View};
use crate::quotes::learned::window::{Item, Window};
use std::ops::Range;

/// Outside, begin and inside of the source, begin and inside of the content.
pub type ArgumentField = Crf<5, 8, 32>;

/// What stands between an item and the cue.
#[derive(Clone, Copy, Debug, Default)]
struct Between {
    commas: u32,
    verbs: u32,
    chunks: u32,
    cues: u32,
    quotations: u32,
    wh: u32,
    that: u32,
    conjunctions: u32,
    colons: u32,
    sentences: u32,
    /// Hash of the kinds on the way, prepositions by word; its length.
    path: u32,
    steps: u32,
}

/// A cue with the window around it, ready to give features; kept to be used again for the next cue.
#[derive(Debug, Default)]
pub struct Scope {
    pub window: Window,
    between: Vec<Between>,
    head: CueHead,
}

/// What every feature of a window may ask of its cue.
#[derive(Clone, Copy, Debug, Default)]
struct CueHead {
    lemma: u32,
    last: u32,
    /// Part of speech and voice.
    form: u32,
    class: u32,
    passive: u32,
    next_pos: u32,
    before_pos: u32,
    next_word: u32,
    region: u32,
    sentence: u32,
    paragraph: u32,
    /// Whether a quotation stands close by on the left, on the right.
    beside: u32,
}

impl Scope {
    /// Looks at the cue at tokens `cue`.
    pub fn fill(&mut self, view: &View, hints: &Hints, cue: &Range<usize>, likely: &[bool]) {
        self.window.fill(view, hints, cue, likely);
        self.head = self.cue_head(view, cue);
        self.between.clear();
        self.between.resize(self.window.items.len(), Between::default());
        let (start, end, length) = (self.window.cue.start, self.window.cue.end, self.window.items.len());
        self.walk(view, (0..start).rev());
        self.walk(view, end..length);
    }

    fn cue_head(&self, view: &View, cue: &Range<usize>) -> CueHead {
        let window = &self.window;
        let head = view.cue_head(cue.start, cue.end);
        let clue = &view.clues[head];
        let passive = u32::from(view.is_passive(head));
        let next = window.clue(window.cue.end as isize);
        let is_quotation = |item: &Item| item.is_quotation;
        let left = window.items[..window.cue.start].iter().rev().take(6).any(is_quotation);
        let right = window.items[window.cue.end..].iter().take(6).any(is_quotation);
        let first = view.clues[cue.start].kind;
        CueHead {
            lemma: clue.lemma,
            last: view.clues[cue.end - 1].lemma,
            form: mix(clue.pos, passive * 2 + u32::from(first == Kind::Preposition)),
            class: clue.cue_class,
            passive,
            next_pos: next.pos,
            before_pos: window.clue(window.cue.start as isize - 1).pos,
            next_word: next.word,
            region: view.region(cue.start),
            sentence: view.sentence(cue.start),
            paragraph: view.paragraph(cue.start),
            beside: u32::from(right) + 2 * u32::from(left),
        }
    }

    /// Counts what stands between, outward from the cue.
    fn walk(&mut self, view: &View, order: impl Iterator<Item = usize>) {
        let mut so_far = Between::default();
        let mut before: Option<Item> = None;
        let mut chunk = None;
        for i in order {
            let item = self.window.items[i];
            let clue = &item.clue;
            if let Some(before) = before {
                so_far.sentences += u32::from(before.sentence != item.sentence);
            }
            self.between[i] = so_far;
            match clue.kind {
                Kind::Comma => so_far.commas += 1,
                Kind::Verb => so_far.verbs += 1,
                Kind::Quotation => so_far.quotations += 1,
                Kind::Wh => so_far.wh += 1,
                Kind::Conjunction => so_far.conjunctions += 1,
                Kind::Colon => so_far.colons += 1,
                _ => {}
            }
            so_far.cues += u32::from(item.in_cue);
            so_far.that += u32::from(is_that(view, &item));
            let here =
                view.noun_chunk(item.start as usize).map(|chunk| chunk.start).filter(|_| !item.is_quotation);
            so_far.chunks += u32::from(here.is_some() && here != chunk);
            chunk = here.or(chunk);
            step(&mut so_far, clue, before.map(|before| before.clue.kind));
            before = Some(item);
        }
    }

    /// The features of a label at item `i`, which isn't of the cue.
    pub fn node(&self, view: &View, i: usize, out: &mut impl Features) {
        self.near(i, out);
        self.far(view, i, out);
    }

    /// Those of them that ask the cue for its side only.
    pub fn near(&self, i: usize, out: &mut impl Features) {
        self.add_words(i, if i < self.window.cue.start { 1 } else { 2 }, out);
    }

    /// The token at item `i` and the side of the cue, 0 or 1, where the items around it are the words around it.
    pub fn plain(&self, i: usize) -> Option<(u32, usize)> {
        let (first, last) = (self.window.items.get(i.checked_sub(2)?)?, self.window.items.get(i + 2)?);
        let is_plain = last.start - first.start == 4 && !last.is_quotation && !first.is_quotation;
        let is_left = i < self.window.cue.start;
        is_plain.then(|| (first.start + 2, usize::from(!is_left)))
    }

    /// The features of a label at item `i` beside [`Scope::near`].
    pub fn far(&self, view: &View, i: usize, out: &mut impl Features) {
        let (item, between, head) = (&self.window.items[i], &self.between[i], &self.head);
        let clue = &item.clue;
        let kind = clue.kind as u32;
        let is_left = i < self.window.cue.start;
        let side = if is_left { 1 } else { 2 };
        let distance = if is_left { self.window.cue.start - i } else { i + 1 - self.window.cue.end };
        let far = bucket(distance) * 4 + side;
        self.add_position(item, far, side, out);
        self.add_cue(clue, far, side, between, out);
        self.add_between(clue, side, between, out);
        self.add_hint(i, side, out);
        if item.is_quotation {
            self.add_quotation(view, i, side, distance, out);
        } else {
            self.add_chunk(view, item, side, between, out);
            if item.region > 0 {
                out.three(80, side, u32::from(item.region == head.region), kind);
            }
        }
        if item.in_cue {
            out.two(69, side, between.cues.min(3));
        }
    }

    fn add_words(&self, i: usize, side: u32, out: &mut impl Features) {
        let at = i as isize;
        let [p2, p1, c, n1, n2] = [-2, -1, 0, 1, 2].map(|offset| *self.window.clue(at + offset));
        for (offset, clue) in [p2, p1, c, n1, n2].into_iter().enumerate() {
            out.two(8 + offset as u32, side, clue.word);
            out.two(14 + offset as u32, side, clue.pos);
        }
        out.two(20, side, c.lemma);
        out.three(21, side, p1.pos, c.pos);
        out.three(23, mix(side, p1.pos), c.pos, n1.pos);
        out.three(84, side, p1.kind as u32 * 32 + n1.kind as u32, c.kind as u32);
    }

    fn add_position(&self, item: &Item, far: u32, side: u32, out: &mut impl Features) {
        let kind = item.clue.kind as u32;
        let sentences = if item.paragraph == self.head.paragraph {
            (i64::from(item.sentence) - i64::from(self.head.sentence)).clamp(-3, 3) + 8
        } else {
            i64::from(side)
        } as u32;
        out.one(1, side);
        out.one(2, far);
        out.two(3, far, item.clue.pos);
        out.two(4, sentences, kind);
        out.three(5, sentences, kind, side * 64 + self.head.beside);
        out.three(81, side, u32::from(self.head.region != 0), kind);
    }

    fn add_cue(&self, clue: &Clue, far: u32, side: u32, between: &Between, out: &mut impl Features) {
        let (head, kind) = (&self.head, clue.kind as u32);
        let counts = between.chunks * 8 + between.commas * 2 + u32::from(between.verbs > 0);
        out.two(30, head.lemma, side);
        out.three(31, head.lemma, side, kind);
        out.three(32, head.lemma, far, kind);
        out.three(33, head.lemma, side, clue.word);
        out.three(34, head.last, far, clue.pos);
        out.three(35, head.form, far, kind);
        out.three(36, mix(head.lemma, head.passive), side, counts);
        out.three(38, mix(head.next_word, side), far, kind);
        out.three(39, mix(head.next_pos, head.lemma), side, kind);
        out.three(44, mix(mix(head.form, head.next_pos), head.before_pos), far, kind);
        if head.class > 0 {
            out.three(45, head.class, far, kind);
            out.three(46, mix(head.class, head.next_pos), side, kind);
        }
    }

    fn add_between(&self, clue: &Clue, side: u32, between: &Between, out: &mut impl Features) {
        let kind = clue.kind as u32;
        let counts = counts(between);
        let flags = u32::from(between.that > 0)
            + 2 * u32::from(between.wh > 0)
            + 4 * u32::from(between.conjunctions > 0)
            + 8 * u32::from(between.colons > 0)
            + 16 * u32::from(between.verbs > 0);
        let quotations =
            between.quotations * 8 + between.sentences.min(3) * 2 + u32::from(between.commas > 0);
        out.three(50, side, counts, kind);
        out.two(51, side, counts);
        out.three(53, side, quotations, kind);
        out.three(54, side, flags, kind);
        if between.steps <= 6 {
            out.three(59, side, between.path, clue.pos);
            out.three(61, mix(side, self.head.lemma), between.path, kind);
        }
    }

    fn add_chunk(&self, view: &View, item: &Item, side: u32, between: &Between, out: &mut impl Features) {
        let start = item.start as usize;
        let Some(chunk) = view.noun_chunk(start) else { return };
        let head = &view.clues[chunk.end - 1];
        let place = u32::from(start == chunk.start) + 2 * u32::from(start + 1 == chunk.end);
        let chunks = between.chunks.min(3);
        out.three(62, side, head.pos, place + 4 * chunks);
        out.two(63, side, head.lemma);
        out.three(64, side, head.lemma, place + 4 * chunks);
        let counts = chunks * 16 + between.commas.min(3) * 4 + place;
        out.three(68, mix(self.head.lemma, head.pos), side, counts);
    }

    fn add_quotation(&self, view: &View, i: usize, side: u32, distance: usize, out: &mut impl Features) {
        let (item, between) = (&self.window.items[i], &self.between[i]);
        let Quotation { whole, length, last, first } = quotation(view, item);
        let at = i as isize;
        let (before, after) = (self.window.clue(at - 1).kind as u32, self.window.clue(at + 1).kind as u32);
        let near = u32::from(distance < 3) * 16
            + (item.sentence as i32 - self.head.sentence as i32 + 4).clamp(0, 8) as u32;
        out.two(70, side, whole);
        out.three(71, side, whole, counts(between));
        out.three(72, side, whole, near);
        out.three(73, side * 16 + length, self.window.clue(at - 1).pos, self.window.clue(at + 1).pos);
        out.three(74, side * 16 + length, before, after * 8 + last);
        out.three(77, mix(self.head.lemma, side), last, length);
        out.two(78, side, first);
    }

    fn add_hint(&self, i: usize, side: u32, out: &mut impl Features) {
        let here = u32::from(self.window.proposed[i]);
        let before = if i > 0 { u32::from(self.window.proposed[i - 1]) } else { 6 };
        let next = self.window.proposed.get(i + 1).map_or(6, |&next| u32::from(next));
        let kind = self.window.items[i].clue.kind as u32;
        out.three(110, here, before, side);
        out.three(111, here, before * 8 + next, kind);
        out.three(112, here, before, self.head.lemma);
        out.three(113, here, self.head.class, side);
    }

    /// The features of a pair of labels, of the item before and of item `i`.
    pub fn edge(&self, view: &View, i: usize, out: &mut impl Features) {
        self.edge_near(i, out);
        self.edge_far(view, i, out);
    }

    /// Those of them that ask the cue for its side only.
    pub fn edge_near(&self, i: usize, out: &mut impl Features) {
        let at = i as isize;
        let [p2, p1, c, n1] = [-2, -1, 0, 1].map(|offset| *self.window.clue(at + offset));
        let side = self.side(i);
        let kind = |clue: Clue| clue.kind as u32;
        out.two(202, side, c.word);
        out.two(203, side, c.pos);
        out.two(204, side, p1.word);
        out.three(205, side, p1.pos, c.pos);
        out.three(208, side, kind(p1) * 32 + kind(c), kind(n1));
        out.three(210, side, p1.word, c.pos);
        out.three(211, side, p1.pos, c.word);
        out.three(212, side, kind(p2) * 32 + kind(p1), kind(c) * 32 + kind(n1));
    }

    /// Whether item `i` is neither of the cue nor right behind it, where the side tells more than left and right.
    pub fn is_apart(&self, i: usize) -> bool {
        !matches!(self.side(i), 3 | 5)
    }

    /// The features of a pair of labels beside [`Scope::edge_near`].
    pub fn edge_far(&self, view: &View, i: usize, out: &mut impl Features) {
        let side = self.side(i);
        let item = &self.window.items[i];
        let kind = item.clue.kind as u32;
        let before = i.checked_sub(1).map(|before| &self.window.items[before]);
        let new_sentence = before.is_some_and(|before| before.sentence != item.sentence);
        let same_chunk = before.is_some_and(|before| in_one_chunk(view, before, item));
        let cues = 2 * u32::from(item.in_cue) + 4 * u32::from(before.is_some_and(|before| before.in_cue));
        let proposed = u32::from(self.window.proposed[i]);
        let proposed_before = if i > 0 { u32::from(self.window.proposed[i - 1]) } else { 6 };
        out.bias(2);
        out.one(201, side);
        out.two(207, side, u32::from(new_sentence));
        out.three(209, self.head.lemma, side, kind);
        out.three(213, side, u32::from(same_chunk) + cues, kind);
        out.three(214, side, proposed_before, proposed);
    }

    /// Before the cue, in it, right behind it, further on.
    fn side(&self, i: usize) -> u32 {
        match i {
            _ if i < self.window.cue.start => 1,
            _ if self.window.cue.contains(&i) => 5,
            _ if i == self.window.cue.end => 3,
            _ => 4,
        }
    }
}

fn is_that(view: &View, item: &Item) -> bool {
    !item.is_quotation && view.tagged().is(item.start as usize, crate::lexicon::word::Function::That)
}

fn in_one_chunk(view: &View, before: &Item, item: &Item) -> bool {
    let chunk = |item: &Item| view.noun_chunk(item.start as usize).map(|chunk| chunk.start);
    !before.is_quotation && !item.is_quotation && chunk(item).is_some() && chunk(before) == chunk(item)
}

fn counts(between: &Between) -> u32 {
    between.commas.min(3)
        + 4 * between.verbs.min(3)
        + 16 * between.cues.min(2)
        + 64 * between.sentences.min(2)
}

/// Takes a step of the path from the cue: modifiers and adverbs don't count, a run of nouns is one.
fn step(so_far: &mut Between, clue: &Clue, before: Option<Kind>) {
    if matches!(clue.kind, Kind::Adverb | Kind::Modifier) {
        return;
    }
    if before == Some(clue.kind) && matches!(clue.kind, Kind::Name | Kind::Noun) {
        return;
    }
    let by_word = matches!(clue.kind, Kind::Preposition | Kind::Wh | Kind::Conjunction);
    so_far.path = mix(so_far.path, if by_word { clue.word } else { clue.kind as u32 });
    so_far.steps += 1;
}

/// What a quotation looks like as a whole.
struct Quotation {
    whole: u32,
    length: u32,
    last: u32,
    first: u32,
}

fn quotation(view: &View, item: &Item) -> Quotation {
    let tokens = item.tokens();
    let first = &view.clues[(tokens.start + 1).min(tokens.end - 1)];
    let is_mark = |i: &usize| view.clues[*i].kind == Kind::Mark;
    let last = tokens.clone().rev().take(3).find(|i| !is_mark(i)).unwrap_or(tokens.start);
    let last = match view.clues[last].kind {
        Kind::Comma => 1,
        Kind::Stop if matches!(view.tagged().text(last), "?" | "!") => 2,
        Kind::Stop => 3,
        Kind::Colon => 4,
        _ => 0,
    };
    let length = match tokens.len().saturating_sub(2) {
        0..=1 => 0,
        2..=3 => 1,
        4..=6 => 2,
        7..=12 => 3,
        _ => 4,
    };
    let verb = tokens.clone().take(40).any(|i| view.clues[i].kind == Kind::Verb);
    let whole = last + 8 * length + 64 * u32::from(first.capital) + 128 * u32::from(verb);
    Quotation { whole, length, last, first: first.word }
}
