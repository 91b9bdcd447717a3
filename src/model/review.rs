//! What people say about what the machine found.

use crate::named::named;

named! {
/// Whose word a quote is. The three are never mixed.
QuoteState {
    /// The program found it, and nobody has looked at it.
    Machine = "machine",
    /// A person confirmed it, mended it or added it.
    Reviewed = "reviewed",
    /// A person said that it is no quote.
    Rejected = "rejected",
}
}

named! {
/// What a correction says.
CorrectionKind {
    /// The statement is right as it stands.
    Confirm = "confirm",
    /// Somebody else, or nobody that the article names, is its speaker.
    Speaker = "speaker",
    /// It begins or ends elsewhere.
    Span = "span",
    /// Nobody said it.
    NotAQuote = "not_a_quote",
    /// The program passed it over.
    MissedQuote = "missed_quote",
    /// Two names are one person's.
    MergeSpeakers = "merge_speakers",
    /// One name is several people's.
    SplitSpeaker = "split_speaker",
    /// A name, met already or not, is a person's; or a person's Wikidata id.
    Alias = "alias",
    /// Two names that were suggested as one person's are two people's.
    KeepApart = "keep_apart",
    /// One name that was suggested as several people's is one person's.
    KeepTogether = "keep_together",
    /// Two claims are one.
    MergeClaims = "merge_claims",
    /// A claim is not the same as another.
    SplitClaim = "split_claim",
    /// An earlier correction no longer holds.
    Undo = "undo",
}
}

named! {
/// Whether a correction holds at present.
CorrectionStatus {
    Applied = "applied",
    /// Its words can't be told from others in the article as it stands now, or are gone.
    Orphan = "orphan",
    Undone = "undone",
}
}

named! {
/// Why a correction could not be put back in its place.
OrphanReason {
    /// The words stand nowhere in the article any more.
    Gone = "gone",
    /// They stand there more than once, and nothing tells which is meant.
    Twice = "twice",
    /// They stand there once, but among other words than before.
    Elsewhere = "elsewhere",
    /// The program finds other statements in that place.
    OtherWords = "other_words",
    /// The article is not in the database.
    Forgotten = "forgotten",
}
}
