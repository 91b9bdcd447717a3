//! Parts of speech.

use crate::named::named;

named! {
/// Part of speech, after the Penn Treebank, with its rarer tags folded together.
Pos {
    /// Noun, singular or mass (NN).
    Noun = "noun",
    /// Noun, plural (NNS).
    NounPlural = "nouns",
    /// Proper noun (NNP, NNPS).
    Proper = "proper",
    /// Personal pronoun (PRP).
    Pronoun = "pronoun",
    /// Possessive pronoun (PRP$).
    PossessivePronoun = "possessive",
    /// Determiner (DT, PDT, WDT when it leads a noun).
    Determiner = "determiner",
    /// Adjective (JJ, JJR, JJS).
    Adjective = "adjective",
    /// Adverb (RB, RBR, RBS).
    Adverb = "adverb",
    /// Number (CD).
    Cardinal = "number",
    /// Verb, base form (VB).
    VerbBase = "base",
    /// Verb, past tense (VBD).
    VerbPast = "past",
    /// Verb, -ing (VBG).
    VerbIng = "ing",
    /// Verb, past participle (VBN).
    VerbParticiple = "participle",
    /// Verb, present, not third person (VBP).
    VerbPresent = "present",
    /// Verb, present, third person singular (VBZ).
    VerbThird = "third",
    /// Modal (MD).
    Modal = "modal",
    /// `to` (TO).
    To = "to",
    /// Preposition or subordinating conjunction (IN).
    Preposition = "preposition",
    /// Coordinating conjunction (CC).
    Conjunction = "conjunction",
    /// Particle (RP).
    Particle = "particle",
    /// Possessive ending (POS).
    PossessiveEnding = "genitive",
    /// `who`, `which`, `what`, `that` as a relative (WP, WP$, WDT).
    WhPronoun = "wh",
    /// `when`, `where`, `why`, `how` (WRB).
    WhAdverb = "whadverb",
    /// Existential `there` (EX).
    Existential = "existential",
    /// Interjection (UH), foreign word (FW), list marker (LS), symbol (SYM).
    Other = "other",
    /// Punctuation of any kind.
    Punctuation = "punctuation",
}
}

impl Pos {
    /// Whether it is a verb of any form; modals aren't.
    pub const fn is_verb(self) -> bool {
        matches!(
            self,
            Self::VerbBase
                | Self::VerbPast
                | Self::VerbIng
                | Self::VerbParticiple
                | Self::VerbPresent
                | Self::VerbThird
        )
    }

    /// Whether it is a noun, common or proper.
    pub const fn is_noun(self) -> bool {
        matches!(self, Self::Noun | Self::NounPlural | Self::Proper)
    }
}
