//! Quotations of an article that another outlet prints in an article of its own, within days: the truth that
//! grouping is measured by.

use crate::news::names::{Gender, Person};
use crate::news::random::Random;
use crate::news::story::{Speaker, Story};
use crate::news::variants::Kind;
use crate::news::writer::{Said, Writer};
use crate::news::{ECHO, ECHO_WORDS, News, REACH, WORDS};

/// Own articles in a hundred that try to print another form of a quotation; for some none is at hand.
const FORMS: usize = 6;
/// And that print what only looks like it.
const NEAR_MISSES: usize = 2;

/// Every so many articles, if it is its outlet's own, prints a phrase for any occasion.
const STOCK_STEP: u64 = 50;

/// Sources that are tried for one that has a quotation to print.
const TRIES: usize = 8;

/// How soon another outlet prints it, in days, and how much later a phrase comes back.
const SOON: usize = 4;
const LATER: std::ops::RangeInclusive<usize> = 60..=300;

/// Words of a quotation that is printed elsewhere.
const LENGTHS: std::ops::RangeInclusive<usize> = 9..=40;

/// What an article prints of another one.
#[derive(Clone, Debug)]
pub struct Echo {
    pub kind: Kind,
    /// The number of the other article.
    pub source: u64,
    /// The speaker's last name.
    pub speaker: String,
    /// The paragraph that prints it.
    pub(super) paragraph: String,
}

impl News {
    /// The story of an article, and what it prints of another one.
    pub(super) fn story_of(&self, number: u64) -> (Story, Option<Echo>) {
        let mut story = self.drawn(number).0;
        let echo = self.echo(number, &mut story);
        (story, echo)
    }

    /// The phrase for any occasion that an article prints beside all else.
    pub(super) fn stock(&self, number: u64, story: &Story) -> Option<String> {
        self.has_stock(number).then(|| {
            let mut random = self.random(number, ECHO_WORDS);
            let phrase = self.variants.stock(&mut random);
            self.paragraph(Kind::Stock, phrase, &story.cast[0], story, &mut random)
        })
    }

    fn has_stock(&self, number: u64) -> bool {
        number % STOCK_STEP == 7 && self.is_own(number) && self.draw(number).is_none()
    }

    /// What an article is to print of another one, by the dice alone.
    fn draw(&self, number: u64) -> Option<Kind> {
        let mut random = self.random(number, ECHO);
        let draw = random.below(100);
        if draw < FORMS {
            Some(random.pick(&Kind::FORMS))
        } else {
            (draw < FORMS + NEAR_MISSES).then(|| random.pick(&Kind::NEAR_MISSES))
        }
    }

    /// Sets the day and the outlet of the story, too.
    fn echo(&self, number: u64, story: &mut Story) -> Option<Echo> {
        let kind = self.draw(number).filter(|_| number > STOCK_STEP)?;
        let mut random = self.random(number, ECHO_WORDS);
        if kind == Kind::Stock {
            return self.stock_again(number, story, &mut random);
        }
        for _ in 0..TRIES {
            let source = number - 1 - random.below((number - 1).min(REACH) as usize) as u64;
            if !self.is_own(source) || self.draw(source).is_some() {
                continue;
            }
            let (origin, quotations) = self.quotations(source);
            let found = quotations.iter().find_map(|said| {
                let place = |random: &mut Random| {
                    let mut name = String::new();
                    self.world.names.place(random.long_tail(12), &mut name);
                    name
                };
                let words = self.variants.form(kind, &said.words, &mut random, place)?;
                Some((words, &origin.cast[said.speaker]))
            });
            if let Some((words, speaker)) = found {
                self.follow(story, &origin, random.below(SOON + 1));
                let paragraph = self.paragraph(kind, &words, speaker, story, &mut random);
                return Some(Echo { kind, source, speaker: speaker.person.last.clone(), paragraph });
            }
        }
        None
    }

    /// The phrase of an earlier article, by the same speaker, months later.
    fn stock_again(&self, number: u64, story: &mut Story, random: &mut Random) -> Option<Echo> {
        let steps = number / STOCK_STEP;
        let back = random.below(steps.min(REACH / STOCK_STEP) as usize) as u64;
        let source =
            (0..steps - back).rev().map(|step| step * STOCK_STEP + 7).find(|&at| self.has_stock(at))?;
        let origin = self.drawn(source).0;
        let phrase = self.variants.stock(&mut self.random(source, ECHO_WORDS));
        self.follow(story, &origin, random.between(*LATER.start(), *LATER.end()));
        let speaker = &origin.cast[0];
        let paragraph = self.paragraph(Kind::Stock, phrase, speaker, story, random);
        Some(Echo { kind: Kind::Stock, source, speaker: speaker.person.last.clone(), paragraph })
    }

    /// Lets a story be printed some days behind another one, elsewhere.
    fn follow(&self, story: &mut Story, origin: &Story, days: usize) {
        let days = jiff::Span::new().days(i64::try_from(days).expect("less than a year"));
        story.published = origin.published.checked_add(days).expect("a day of this century");
        if story.outlet == origin.outlet {
            story.outlet = (story.outlet + 1) % self.world.outlets.len();
        }
    }

    /// The quotations of an article that can be printed elsewhere.
    fn quotations(&self, number: u64) -> (Story, Vec<Said>) {
        let (story, mut random) = self.drawn(number);
        let agency = self.agency(&story, &mut random);
        let mut writer = Writer::new(&self.world, &self.plan, &story, self.random(number, WORDS));
        // As the article is written: its headline draws from the same numbers.
        writer.headline();
        writer.text(agency);
        let mut quotations = writer.said;
        quotations.retain(|said| {
            let words = said.words.split(' ').count();
            LENGTHS.contains(&words)
                && said.words.starts_with(char::is_uppercase)
                && !said.words.contains(['?', '!'])
                && !said.words.contains(". ")
        });
        (story, quotations)
    }

    /// A paragraph in which somebody of another article has the word, named in full.
    fn paragraph(
        &self,
        kind: Kind,
        words: &str,
        speaker: &Speaker,
        story: &Story,
        random: &mut Random,
    ) -> String {
        let marks = self.world.outlets[story.outlet].marks;
        let Person { first, last, gender } = &speaker.person;
        let (open, close, role) = (marks.open, marks.close, speaker.role);
        let named = format!("{first} {last}, {}", with_article(role));
        let line = match kind {
            Kind::Indirect => {
                let verb = random.pick(&["said that", "insisted that", "said"]);
                format!("{named}, {verb} {}.", self.variants.reported(words, *gender))
            }
            Kind::Mixed => {
                let inner = self.variants.reported(words, *gender);
                let count = inner.split(' ').count();
                let at = inner.match_indices(' ').nth(count / 3).map_or(0, |(at, _)| at);
                let tail = words.split(' ').skip(count / 3 + 1).collect::<Vec<_>>().join(" ");
                format!("{named}, said that {} {open}{tail}.{close}", &inner[..at])
            }
            _ => match random.below(4) {
                0 => format!("{open}{words},{close} said {first} {last}, {}.", with_article(role)),
                1 => format!("{named}, said: {open}{words}.{close}"),
                2 => format!("{open}{words},{close} {named}, told reporters."),
                _ => format!(
                    "{open}{words},{close} {first} {last} said. {} is {}.",
                    pronoun(*gender),
                    with_article(role)
                ),
            },
        };
        line.replace('’', marks.apostrophe)
    }
}

fn with_article(role: &str) -> String {
    let article = if role.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {role}")
}

const fn pronoun(gender: Gender) -> &'static str {
    match gender {
        Gender::He => "He",
        Gender::She => "She",
    }
}
