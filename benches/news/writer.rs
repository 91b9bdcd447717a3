//! A story in words: paragraphs of narration and of statements, by the patterns.

use crate::news::calendar::{DAYS, MONTHS, day, month, weekday};
use crate::news::grammar::{Article, Fact, Grammar, Letter, Piece, Slot, Topic};
use crate::news::names::Gender;
use crate::news::random::Random;
use crate::news::story::{Marks, Speaker, Story, World};
use std::fmt::Write;

/// Words that no dictionary has are numbered up to 2 to the power of this.
const TERM_BITS: usize = 22;

const PLACE_BITS: usize = 18;

/// Paragraphs in a hundred that somebody speaks in; with what follows on them, 4 statements in 300 words.
const SPEECH: usize = 24;

/// The symbols that paragraphs begin with.
pub struct Plan {
    headline: usize,
    lead: usize,
    statement: usize,
    background: usize,
    closing: usize,
    correction: usize,
    narration: usize,
    intro_before: usize,
    intro_after: usize,
}

impl Plan {
    pub fn new(grammar: &Grammar) -> Self {
        Self {
            headline: grammar.symbol("headline"),
            lead: grammar.symbol("lead"),
            statement: grammar.symbol("statement"),
            background: grammar.symbol("background"),
            closing: grammar.symbol("closing"),
            correction: grammar.symbol("correction"),
            narration: grammar.symbol("narration"),
            intro_before: grammar.symbol("intro_before"),
            intro_after: grammar.symbol("intro_after"),
        }
    }
}

pub struct Writer<'a> {
    world: &'a World,
    plan: &'a Plan,
    story: &'a Story,
    topic: &'a Topic,
    marks: Marks,
    random: Random,
    out: String,
    /// The number in the cast of whoever speaks.
    speaking: usize,
    /// Whom a pronoun would be taken for.
    named_last: Option<usize>,
    introduced: [bool; 5],
    /// A bit for each pattern of narration that this article has had.
    told: u128,
    /// Where the last quotation begins.
    opened: usize,
    /// What stands in quotation marks, in order.
    pub said: Vec<Said>,
}

/// A quotation as it was written.
pub struct Said {
    /// Without its last comma or stop, with the apostrophe ’.
    pub words: String,
    /// The speaker's number in the cast.
    pub speaker: usize,
}

impl<'a> Writer<'a> {
    pub fn new(world: &'a World, plan: &'a Plan, story: &'a Story, random: Random) -> Self {
        let topic = &world.grammar.topics[story.topic];
        let marks = world.outlets[story.outlet].marks;
        let out = String::with_capacity(2600);
        let (speaking, named_last, introduced, told) = (0, None, [false; 5], 0);
        let (opened, said) = (0, Vec::new());
        Self {
            world,
            plan,
            story,
            topic,
            marks,
            random,
            out,
            speaking,
            named_last,
            introduced,
            told,
            opened,
            said,
        }
    }

    pub fn headline(&mut self) -> String {
        self.one(self.plan.headline)
    }

    pub fn correction(&mut self) -> String {
        self.one(self.plan.correction)
    }

    /// Paragraphs with an empty line between them, the first behind a dateline if an agency is given.
    pub fn text(&mut self, agency: Option<&str>) -> String {
        if let Some(agency) = agency {
            self.out.push_str(&dateline(self.story, agency));
        }
        self.symbol(self.plan.lead);
        let mut words = count(&self.out);
        while words < self.story.length {
            let start = self.out.len();
            self.out.push_str("\n\n");
            self.paragraph();
            words += count(&self.out[start..]);
        }
        if self.random.percent(40) {
            self.out.push_str("\n\n");
            self.symbol(self.plan.closing);
        }
        std::mem::take(&mut self.out)
    }

    fn paragraph(&mut self) {
        if !self.random.percent(SPEECH) {
            self.named_last = None;
            return self.symbol(self.plan.background);
        }
        if self.random.percent(60) {
            self.speaking = self.random.skewed(self.story.cast.len());
        }
        self.symbol(self.plan.statement);
    }

    fn one(&mut self, symbol: usize) -> String {
        self.symbol(symbol);
        std::mem::take(&mut self.out)
    }

    fn symbol(&mut self, symbol: usize) {
        let world = self.world;
        let alternatives = world.grammar.alternatives(symbol);
        let mut at = self.random.below(alternatives.len());
        if symbol == self.plan.narration {
            at = self.untold(at, alternatives.len());
        }
        for piece in &alternatives[at] {
            match piece {
                Piece::Literal(text) => self.out.push_str(text),
                Piece::OpenMark => {
                    self.out.push_str(self.marks.open);
                    self.opened = self.out.len();
                }
                Piece::CloseMark => self.close(),
                Piece::Apostrophe => self.out.push_str(self.marks.apostrophe),
                Piece::Slot(slot, article, letter) => self.slot(*slot, *article, *letter),
            }
        }
    }

    fn close(&mut self) {
        let words = self.out[self.opened..].trim_end_matches([',', '.']).replace(self.marks.apostrophe, "’");
        self.said.push(Said { words, speaker: self.speaking });
        self.out.push_str(self.marks.close);
    }

    /// The next pattern of narration that this article hasn't had; any when it has had them all.
    fn untold(&mut self, from: usize, patterns: usize) -> usize {
        let bit = |at: usize| 1 << (at % 128);
        let next =
            (0..patterns).map(|step| (from + step * 7) % patterns).find(|&at| self.told & bit(at) == 0);
        let at = next.unwrap_or(from);
        self.told |= bit(at);
        at
    }

    fn slot(&mut self, slot: Slot, article: Article, letter: Letter) {
        if article == Article::Fitting {
            self.out.push_str("a ");
        }
        let start = self.out.len();
        match slot {
            Slot::Symbol(symbol) => self.symbol(symbol),
            Slot::Fact(fact) => self.fact(fact),
        }
        let mut first = start;
        if article == Article::Fitting {
            first -= 2;
            if begins_with_vowel(&self.out[start..]) {
                self.out.insert(start - 1, 'n');
            }
        }
        if letter == Letter::Capital && self.out.is_char_boundary(first + 1) {
            self.out[first..=first].make_ascii_uppercase();
        }
    }

    fn fact(&mut self, fact: Fact) {
        match fact {
            Fact::Thing => self.thing(),
            Fact::Things => self.word(&self.topic.things),
            Fact::Adj => self.word(&self.topic.adj),
            Fact::Act => self.act(|(present, _)| present),
            Fact::Acted => self.act(|(_, past)| past),
            Fact::Who => self.who(),
            Fact::Name => self.name(),
            Fact::He => self.he(),
            Fact::Full => self.full(),
            Fact::Last => self.out.push_str(&self.speaker().person.last),
            Fact::Role => self.out.push_str(self.speaker().role),
            Fact::Title => self.title(),
            Fact::Body => self.out.push_str(&self.story.body),
            Fact::Paper => self.paper(),
            Fact::Place => self.out.push_str(&self.story.place),
            Fact::Elsewhere => self.elsewhere(),
            Fact::Surname => self.world.names.surname(&mut self.random, &mut self.out),
            Fact::Term => self.term(),
            Fact::Weekday => self.out.push_str(weekday(self.story.published)),
            Fact::Date => self.date(),
            Fact::Month => self.out.push_str(self.random.pick(&MONTHS)),
            Fact::Year => self.year_back(),
            Fact::YearNext => self.number_in(2026, 2040),
            Fact::Number => self.number_in(2, 99),
            Fact::Small => self.number_in(2, 9),
            Fact::Big => self.thousands(),
            Fact::Percent => self.percent(),
            Fact::Money => self.money(),
        }
    }

    fn speaker(&self) -> &'a Speaker {
        &self.story.cast[self.speaking]
    }

    fn word(&mut self, words: &[&'static str]) {
        let at = self.random.skewed(words.len());
        self.out.push_str(words[at]);
    }

    fn act(&mut self, form: impl Fn((&'static str, &'static str)) -> &'static str) {
        let at = self.random.skewed(self.topic.act.len());
        self.out.push_str(form(self.topic.act[at]));
    }

    fn thing(&mut self) {
        let own = self.random.percent(40).then(|| self.random.pick(&self.story.things));
        let at = own.unwrap_or_else(|| self.random.below(self.topic.thing.len()));
        self.out.push_str(self.topic.thing[at]);
    }

    fn who(&mut self) {
        if !self.introduced[self.speaking] {
            self.introduce();
            return;
        }
        let same = self.named_last == Some(self.speaking);
        match self.random.below(10) {
            0..=3 if same => self.he(),
            0..=6 => self.out.push_str(&self.speaker().person.last),
            7 => self.title_and_last(),
            8 => self.full(),
            _ => {
                self.out.push_str("the ");
                self.out.push_str(self.speaker().role);
            }
        }
        self.named_last = Some(self.speaking);
    }

    /// The first mention as a subject: an apposition behind it ends in a comma.
    fn introduce(&mut self) {
        if self.random.percent(60) {
            let start = self.out.len();
            self.symbol(self.plan.intro_before);
            if sentence_starts(&self.out[..start]) {
                self.out[start..=start].make_ascii_uppercase();
            }
        } else {
            self.symbol(self.plan.intro_after);
            self.out.push(',');
        }
        self.named();
    }

    fn name(&mut self) {
        if self.introduced[self.speaking] {
            self.out.push_str(&self.speaker().person.last);
        } else {
            let symbol = if self.random.percent(50) { self.plan.intro_before } else { self.plan.intro_after };
            self.symbol(symbol);
        }
        self.named();
    }

    fn named(&mut self) {
        self.introduced[self.speaking] = true;
        self.named_last = Some(self.speaking);
    }

    fn he(&mut self) {
        self.out.push_str(if self.speaker().person.gender == Gender::He { "he" } else { "she" });
    }

    fn full(&mut self) {
        let person = &self.speaker().person;
        self.out.push_str(&person.first);
        self.out.push(' ');
        self.out.push_str(&person.last);
    }

    fn title(&mut self) {
        let titles = match self.speaker().person.gender {
            Gender::He => ["Mr.", "Dr.", "Prof."],
            Gender::She => ["Ms.", "Dr.", "Prof."],
        };
        self.out.push_str(self.random.pick(&titles));
    }

    fn title_and_last(&mut self) {
        self.out.push_str(if self.speaker().person.gender == Gender::He { "Mr. " } else { "Ms. " });
        self.out.push_str(&self.speaker().person.last);
    }

    fn paper(&mut self) {
        self.out.push_str("the ");
        self.out.push_str(&self.world.outlets[self.story.outlet].name);
    }

    fn elsewhere(&mut self) {
        self.world.names.place(self.random.long_tail(PLACE_BITS), &mut self.out);
    }

    fn term(&mut self) {
        self.world.names.term(self.random.long_tail(TERM_BITS), &mut self.out);
    }

    fn date(&mut self) {
        let date = day(self.random.below(DAYS));
        self.show(format_args!("{} {}", month(date), date.day()));
    }

    fn year_back(&mut self) {
        let year = usize::from(self.story.published.year().unsigned_abs());
        let back = self.random.skewed(90) + 1;
        self.show(format_args!("{}", year - back));
    }

    fn number_in(&mut self, least: usize, most: usize) {
        let number = self.random.between(least, most);
        self.show(format_args!("{number}"));
    }

    fn thousands(&mut self) {
        let (thousands, rest) = (self.random.between(1, 90), self.random.below(20) * 50);
        self.show(format_args!("{thousands},{rest:03}"));
    }

    fn percent(&mut self) {
        let (whole, tenth) = (self.random.between(1, 94), self.random.below(10));
        self.show(format_args!("{whole}.{tenth} percent"));
    }

    fn money(&mut self) {
        let (whole, tenth) = (self.random.between(1, 980), self.random.below(10));
        let unit = self.random.pick(&["million", "million", "billion"]);
        self.show(format_args!("{whole}.{tenth} {unit} crowns"));
    }

    fn show(&mut self, what: std::fmt::Arguments) {
        self.out.write_fmt(what).expect("a String takes everything");
    }
}

/// «VARNHOLM, March 4 (Meridian) — ».
pub fn dateline(story: &Story, agency: &str) -> String {
    let date = story.published;
    format!("{}, {} {} ({agency}) — ", story.place.to_uppercase(), month(date), date.day())
}

/// By sound, for the words of the tables: «an unpaid», «a unit».
fn begins_with_vowel(word: &str) -> bool {
    match word.as_bytes() {
        [b'u' | b'U', b'n' | b's', b'i' | b'e', ..] => false,
        [b'a' | b'e' | b'i' | b'o' | b'u' | b'A' | b'E' | b'I' | b'O' | b'U', ..] => true,
        _ => false,
    }
}

fn sentence_starts(before: &str) -> bool {
    before.is_empty() || before.ends_with('\n') || before.ends_with(". ")
}

/// Words by white space, counted in bytes for speed: only blanks and line feeds are written.
fn count(text: &str) -> usize {
    text.bytes().filter(|byte| *byte == b' ').count() + 1
}
