//! What a story is about: its topic, its day and place, and the people who speak in it.

use crate::news::calendar::{DAYS, day};
use crate::news::grammar::Grammar;
use crate::news::names::{Names, Person};
use crate::news::random::{Random, Zipf};
use jiff::civil::Date;

/// 20 topics with so many speakers each.
const SPEAKERS: usize = 1000;

const OUTLETS: usize = 200;

/// Places are numbered up to 2 to the power of this; most stories are about those with low numbers.
const PLACE_BITS: usize = 17;

/// Purposes of random numbers, so that drawing more for one changes nothing of another.
const SPEAKER: u64 = 1;

/// How marks are written.
#[derive(Clone, Copy)]
pub struct Marks {
    pub open: &'static str,
    pub close: &'static str,
    pub apostrophe: &'static str,
}

const CURLY: Marks = Marks { open: "“", close: "”", apostrophe: "’" };
const STRAIGHT: Marks = Marks { open: "\"", close: "\"", apostrophe: "'" };
const SINGLE: Marks = Marks { open: "‘", close: "’", apostrophe: "’" };

/// A newspaper, site or agency.
pub struct Outlet {
    pub name: String,
    pub domain: String,
    pub marks: Marks,
}

/// Somebody who is quoted.
pub struct Speaker {
    pub person: Person,
    pub role: &'static str,
}

pub struct Story {
    pub topic: usize,
    pub outlet: usize,
    pub published: Date,
    pub place: String,
    /// «Varnholm Harbour Board».
    pub body: String,
    pub cast: Vec<Speaker>,
    /// Things that the story comes back to, by their numbers in the topic.
    pub things: [usize; 2],
    /// Words to write at least, in about.
    pub length: usize,
}

/// All that stories are made of.
pub struct World {
    pub grammar: Grammar,
    pub names: Names,
    pub outlets: Vec<Outlet>,
    topics: Zipf,
    speakers: Zipf,
    outlets_by_size: Zipf,
}

impl World {
    pub fn new() -> Self {
        let (grammar, names) = (Grammar::load(), Names::load());
        let outlets = (0..OUTLETS).map(|number| outlet(names.outlet(number), number)).collect();
        let topics = Zipf::new(grammar.topics.len(), 5);
        let (speakers, outlets_by_size) = (Zipf::new(SPEAKERS, 2), Zipf::new(OUTLETS, 4));
        Self { grammar, names, outlets, topics, speakers, outlets_by_size }
    }

    pub fn story(&self, seed: u64, random: &mut Random) -> Story {
        let topic = self.topics.draw(random);
        let mut place = String::new();
        self.names.place(random.long_tail(PLACE_BITS), &mut place);
        let body = format!("{place} {}", random.pick(&self.grammar.topics[topic].body));
        let things = self.grammar.topics[topic].thing.len();
        Story {
            topic,
            outlet: self.outlets_by_size.draw(random),
            published: day(random.below(DAYS)),
            place,
            body,
            cast: self.cast(seed, topic, random),
            things: [random.below(things), random.below(things)],
            length: length(random),
        }
    }

    /// Two to five people, nearly all of them known for the topic.
    fn cast(&self, seed: u64, topic: usize, random: &mut Random) -> Vec<Speaker> {
        let size = random.between(2, 5);
        let mut numbers: Vec<(usize, usize)> = Vec::with_capacity(size);
        while numbers.len() < size {
            let field = if random.percent(90) { topic } else { self.topics.draw(random) };
            let number = (field, self.speakers.draw(random));
            if !numbers.contains(&number) {
                numbers.push(number);
            }
        }
        numbers.into_iter().map(|(field, rank)| self.speaker(seed, field, rank)).collect()
    }

    /// The same person with the same role, whenever asked.
    fn speaker(&self, seed: u64, topic: usize, rank: usize) -> Speaker {
        let mut random = Random::new(seed, (topic * SPEAKERS + rank) as u64, SPEAKER);
        let person = self.names.person(&mut random);
        Speaker { person, role: random.pick(&self.grammar.topics[topic].role) }
    }
}

/// From 120 words on, mostly about 300, seldom 700.
fn length(random: &mut Random) -> usize {
    let usual = 120 + random.below(150) + random.below(150);
    if random.percent(8) { usual + random.below(280) } else { usual }
}

fn outlet(name: String, number: usize) -> Outlet {
    let domain = format!("{}.example", name.to_lowercase().replace(' ', ""));
    let marks = match number % 10 {
        0..=5 => CURLY,
        6..=8 => STRAIGHT,
        _ => SINGLE,
    };
    Outlet { name, domain, marks }
}
