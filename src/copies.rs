//! Copies: articles that tell one story in nearly the same words, as outlets print an agency's report.
//!
//! The method is MinHash with locality-sensitive hashing (Broder 1997; Indyk and Motwani 1998): an article is
//! the set of its runs of [`RUN`] words, a sketch keeps the least of [`SIZE`] hash functions over that set, and
//! the share of places where two sketches agree estimates how much of both sets is common to them.

use xxhash_rust::xxh3::xxh3_64;

/// Words in a run.
const RUN: usize = 3;
/// Hash functions of a sketch. The estimate's standard error is at most 1 / (2 √SIZE), 7 points.
const SIZE: usize = 48;
/// Places of a sketch in one band.
const BAND: usize = 4;
/// Bands of a sketch, from its beginning. Two texts that share 60, 70, 80 or 90 % of their runs have an equal band
/// with a chance of 57, 81, 96 or 99.8 %; two that share 20 %, of 1 %. More bands would find more of the copies
/// that were edited much, but each is a page of the database written anew for nearly every article.
const BANDS: usize = 6;
/// Texts with fewer runs have no sketch: a few words are too soon the same by chance.
const LEAST_RUNS: usize = 40;
/// The share of common runs from which two texts are copies. A report of which every thirtieth word was edited
/// and a tenth was cut shares about 0.75; two reports on one event in the writers' own words, below 0.2.
pub const NEAR: f64 = 0.55;

/// What is kept of a text to compare it with others.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sketch([u16; SIZE]);

impl Sketch {
    /// The sketch of a text; `None` when it is too short to tell.
    pub fn new(text: &str) -> Option<Self> {
        let mut words = Vec::with_capacity(text.len() / 6);
        each_word(text, |word| words.push(xxh3_64(word)));
        if words.len() < LEAST_RUNS + RUN - 1 {
            return None;
        }
        let mut least = [u64::MAX; SIZE];
        for run in words.windows(RUN) {
            let hash = run.iter().fold(0, |hash, &word| mixed(hash ^ word));
            for (factor, least) in FACTORS.iter().zip(&mut least) {
                *least = (*least).min(hash.wrapping_mul(*factor));
            }
        }
        // Of each least hash the lower bits serve as well: two that differ agree there once in 65,536 times.
        Some(Self(least.map(|hash| hash as u16)))
    }

    /// Reads what [`Sketch::bytes`] made; `None` for anything else.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let bytes: &[u8; 2 * SIZE] = bytes.try_into().ok()?;
        Some(Self(std::array::from_fn(|at| u16::from_le_bytes([bytes[2 * at], bytes[2 * at + 1]]))))
    }

    pub fn bytes(&self) -> Vec<u8> {
        self.0.iter().flat_map(|part| part.to_le_bytes()).collect()
    }

    /// The bands, of which copies have at least one in common, nearly always.
    pub fn bands(&self) -> impl Iterator<Item = u32> {
        (0_u64..).zip(self.0.chunks(BAND)).take(BANDS).map(|(number, band)| {
            band.iter().fold(number, |hash, &part| mixed(hash ^ u64::from(part))) as u32
        })
    }

    /// Whether two articles are copies of one story.
    pub fn is_copy(&self, other: &Self) -> bool {
        let equal = self.0.iter().zip(&other.0).filter(|(one, other)| one == other).count();
        equal as f64 >= NEAR * SIZE as f64
    }
}

/// A hash of words without case, marks and punctuation: equal for one statement in all its copies.
pub fn same_words(text: &str) -> u64 {
    let mut hash = 0;
    each_word(text, |word| hash = mixed(hash ^ xxh3_64(word)));
    hash
}

/// Calls `each` with the words of a text in lower case, as UTF-8: runs of letters and digits.
fn each_word(text: &str, mut each: impl FnMut(&[u8])) {
    let mut lower = Vec::new();
    let is_mark = |letter: char| !letter.is_alphanumeric();
    for word in text.split(is_mark).filter(|word| !word.is_empty()) {
        lower.clear();
        if word.is_ascii() {
            lower.extend(word.bytes().map(|byte| byte.to_ascii_lowercase()));
        } else {
            lower.extend(word.to_lowercase().bytes());
        }
        each(&lower);
    }
}

/// The hash functions of a sketch: an odd factor each (Dietzfelbinger et al. 1997). What they multiply is mixed well.
const FACTORS: [u64; SIZE] = {
    let mut factors = [0; SIZE];
    let mut at = 0;
    while at < SIZE {
        factors[at] = mixed(at as u64 + 1) | 1;
        at += 1;
    }
    factors
};

/// The finish of SplitMix64 (Steele, Lea and Flood 2014): every bit of the input reaches every bit of the output.
const fn mixed(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

#[cfg(test)]
mod tests {
    use super::{Sketch, same_words};

    /// A text of `count` different words, the words in `changed` other than usual.
    fn text(count: usize, changed: impl Fn(usize) -> bool) -> String {
        story(0, count, changed)
    }

    /// As [`text`], in the words of the story of that number.
    fn story(number: usize, count: usize, changed: impl Fn(usize) -> bool) -> String {
        let word =
            |at| if changed(at) { format!("other{number}x{at} ") } else { format!("word{number}x{at} ") };
        (0..count).map(word).collect()
    }

    fn sketch(text: &str) -> Sketch {
        Sketch::new(text).expect("long enough")
    }

    #[test]
    fn edited_and_shortened_copies_are_nearly_always_found() {
        let mut found = [0; 4];
        for number in 0..100 {
            let whole = sketch(&story(number, 300, |_| false));
            let bands: Vec<u32> = whole.bands().collect();
            let copies = [
                story(number, 300, |at| at % 30 == 7),
                story(number, 270, |at| at % 40 == 7),
                story(number, 300, |at| at < 12),
                story(number, 300, |_| false).to_uppercase().replace(' ', ", "),
            ];
            for (copy, found) in copies.iter().zip(&mut found) {
                let copy = sketch(copy);
                let is_candidate = copy.bands().any(|band| bands.contains(&band));
                *found += usize::from(is_candidate && whole.is_copy(&copy));
            }
        }
        let [edited, shortened, begun_anew, set_otherwise] = found;
        assert!(edited >= 90 && shortened >= 85 && begun_anew >= 98, "{found:?}");
        assert_eq!(set_otherwise, 100);
    }

    #[test]
    fn another_text_is_none_though_half_is_the_same() {
        let whole = sketch(&text(300, |_| false));
        for other in
            [text(300, |_| true), text(300, |at| at % 4 == 0), text(300, |at| at > 150), text(100, |_| false)]
        {
            assert!(!whole.is_copy(&sketch(&other)), "{other}");
        }
    }

    #[test]
    fn bytes_give_the_sketch_back() {
        let whole = sketch(&text(300, |_| false));
        assert_eq!(Sketch::from_bytes(&whole.bytes()), Some(whole));
        assert_eq!(Sketch::from_bytes(b"short"), None);
        assert_eq!(Sketch::new(&text(30, |_| false)), None);
    }

    #[test]
    fn a_statement_is_the_same_whatever_its_marks() {
        assert_eq!(same_words("“We will stay,” … “all of us.”"), same_words("\"we will stay. All of us\""));
        assert_ne!(same_words("We will stay"), same_words("We will not stay"));
        assert_ne!(same_words("a b"), same_words("b a"));
    }
}
