//! The names of the closed lists of [`crate::model`], the same in the record format, in SQL and
//! on the command line.

use crate::model::{CueClass, EntityKind, MentionKind, Method, QuoteKind, Reason};
use std::fmt;
use std::str::FromStr;

/// A word that is none of the names of a closed list.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("«{given}» is no {noun}; known are {}", .known.join(", "))]
pub struct UnknownName {
    pub given: String,
    /// What was looked for: `quote type`.
    pub noun: &'static str,
    pub known: Vec<&'static str>,
}

/// Gives an enum its names: `ALL`, `as_str`, `Display` and `FromStr`, which agree with each other.
macro_rules! names {
    ($type:ident, $noun:literal, { $($variant:ident = $name:literal),+ $(,)? }) => {
        impl $type {
            /// Every value, in the order of declaration.
            pub const ALL: &'static [$type] = &[$($type::$variant),+];

            /// The name in the record format, in SQL and on the command line.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $($type::$variant => $name),+
                }
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl FromStr for $type {
            type Err = UnknownName;

            fn from_str(given: &str) -> Result<Self, UnknownName> {
                match given {
                    $($name => Ok($type::$variant),)+
                    _ => Err(UnknownName { given: given.to_owned(), noun: $noun, known: vec![$($name),+] }),
                }
            }
        }
    };
}

names!(QuoteKind, "quote type", { Direct = "direct", Mixed = "mixed", Indirect = "indirect", Scare = "scare" });

names!(MentionKind, "kind of mention", {
    Name = "name",
    Role = "role",
    Organisation = "organisation",
    Pronoun = "pronoun",
    Group = "group",
    Document = "document",
});

names!(EntityKind, "kind of speaker", {
    Person = "person",
    Organisation = "organisation",
    Group = "group",
    Document = "document",
});

names!(CueClass, "cue class", {
    Say = "say",
    Claim = "claim",
    Deny = "deny",
    Admit = "admit",
    Ask = "ask",
    Warn = "warn",
    Promise = "promise",
    Demand = "demand",
    Accuse = "accuse",
    Praise = "praise",
    Think = "think",
    Feel = "feel",
    Write = "write",
    Announce = "announce",
    Show = "show",
    Describe = "describe",
    Decide = "decide",
});

names!(Method, "method", {
    VerbBefore = "verb_before",
    VerbAfter = "verb_after",
    InvertedVerb = "inverted_verb",
    Colon = "colon",
    DashSignature = "dash_signature",
    FromColon = "from_colon",
    AccordingTo = "according_to",
    SameParagraph = "same_paragraph",
    OpenParagraph = "open_paragraph",
    DialogueTurn = "dialogue_turn",
    Floating = "floating",
    None = "none",
});

names!(Reason, "reason", {
    NoCue = "no_cue",
    Tie = "tie",
    PronounUnresolved = "pronoun_unresolved",
    NoSource = "no_source",
});

#[cfg(test)]
mod tests {
    use crate::model::{CueClass, Method, QuoteKind, Reason};

    #[test]
    fn every_name_leads_back_to_its_value() {
        assert!(QuoteKind::ALL.iter().all(|kind| kind.as_str().parse() == Ok(*kind)));
        assert!(CueClass::ALL.iter().all(|class| class.as_str().parse() == Ok(*class)));
        assert!(Method::ALL.iter().all(|method| method.as_str().parse() == Ok(*method)));
        assert!(Reason::ALL.iter().all(|reason| reason.as_str().parse() == Ok(*reason)));
    }

    #[test]
    fn an_unknown_name_says_which_are_known() {
        let error = "indirct".parse::<QuoteKind>().expect_err("a misspelt name");
        assert_eq!(error.to_string(), "«indirct» is no quote type; known are direct, mixed, indirect, scare");
    }
}
