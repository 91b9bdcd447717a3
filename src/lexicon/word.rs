//! What the tables know of a single word.

use crate::model::{CueClass, Pos};
use crate::named::named;

/// What the tables know of one lower-case word.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Word {
    /// Parts of speech that it can be, the commonest first; `None` after the last.
    pub tags: [Option<Pos>; 4],
    /// Hash ([`crate::learn::hash::of`]) of the dictionary form; 0 where the word is its own.
    pub lemma: u32,
    pub function: Option<Function>,
    /// A pronoun that is never a subject: `him`.
    pub object_form: bool,
    /// Index into [`crate::lexicon::words::Words::verbs`]: it is a form of the head of these cue verbs.
    pub cue_verb: Option<u16>,
    /// Class of the statement that the noun names: `claim`, `warning`.
    pub cue_noun: Option<CueClass>,
    /// Class of the attitude that the adjective names: `confident`, `afraid`.
    pub cue_adjective: Option<CueClass>,
    pub given_name: Option<Gender>,
    /// Small word inside a name: `van`, `de`, `bin`.
    pub particle: bool,
    /// Letters behind a name: `MP`, `PhD`.
    pub post_nominal: bool,
    /// Stands before a name: `Mr`, `Gen.`, `minister`.
    pub title: Option<Title>,
    /// Stands for a person: `spokeswoman`, `minister`.
    pub role: Option<Gender>,
    /// Stands for several people: `officials`.
    pub group: bool,
    pub organisation: Option<OrganisationWord>,
    /// Stands for something written: `report`.
    pub document: bool,
    /// A country, city or region.
    pub place: bool,
    /// Of a country, place or party: `american`, `labour`.
    pub demonym: bool,
    /// A weekday, month, holiday or language: capitalised, but nobody's name.
    pub calendar: bool,
}

named! {
/// Words that rules ask for by name, in classes.
Function {
    That = "that",
    Whether = "whether",
    Be = "be",
    Have = "have",
    Do = "do",
    Not = "not",
    To = "to",
    By = "by",
    As = "as",
    Of = "of",
    According = "according",
    And = "and",
    But = "but",
    Subordinator = "subordinator",
    Relative = "relative",
    From = "from",
    Preposition = "preposition",
    He = "he",
    She = "she",
    They = "they",
    It = "it",
    I = "i",
    We = "we",
    You = "you",
    Time = "time",
    The = "the",
    Indefinite = "indefinite",
    Demonstrative = "demonstrative",
    Quantifier = "quantifier",
    Said = "said",
    Let = "let",
    There = "there",
}
}

named! {
/// The grammatical gender of whom a word stands for.
Gender {
    Female = "f",
    Male = "m",
    Unknown = "u",
}
}

/// A word before a name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Title {
    pub gender: Gender,
    pub class: TitleClass,
}

named! {
/// What a title says of its bearer; a courtesy title says nothing of a role.
TitleClass {
    Courtesy = "courtesy",
    Professional = "professional",
    Military = "military",
    Political = "political",
    Religious = "religious",
    Royal = "royal",
    Police = "police",
    Legal = "legal",
    Other = "other",
}
}

/// Where a word stands in an organisation's name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct OrganisationWord {
    pub place: OrganisationPlace,
    /// Whether the bare noun stands for an organisation too: «the ministry».
    pub generic: bool,
    /// Whether organisations of any name are called so: «the company».
    pub describes: bool,
}

named! {
OrganisationPlace {
    Head = "head",
    Suffix = "suffix",
    Inside = "inside",
}
}
