//! `onrecord claims merge | split`: which claims are one, and which wording is none of a claim's.

use crate::cli::Global;
use crate::cli::outcome::{Outcome, Usage};
use crate::cli::patience::Patience;
use crate::cli::reviewer::By;
use crate::cli::visible::one_line;
use crate::model::verdicts::ClaimId;
use crate::query::Reader;
use crate::store::Store;

#[derive(Debug, clap::Args)]
pub struct MergeArgs {
    /// The claim's id; that of any of its wordings will do
    #[arg(value_name = "CLAIM")]
    pub claim: ClaimId,
    /// The ids of others that are the same claim
    #[arg(value_name = "OTHER", required = true)]
    pub others: Vec<ClaimId>,
    #[command(flatten)]
    pub by: By,
    #[command(flatten)]
    pub patience: Patience,
}

pub const MERGE: &str = "\
Examples:
  onrecord claims merge c0123456789abcdef cfedcba9876543210
  onrecord claims merge c0123456789abcdef cfedcba9876543210 --note 'his own translation'

The claim is then known by its fullest wording: named in full, in quotation marks, the longest. What is
said stays when the articles change or are read anew, and holds as soon as both wordings are there.
`onrecord undo` parts them again; `onrecord review --claims` asks for one suggestion after the other.";

pub fn merge(args: &MergeArgs, global: &Global) -> anyhow::Result<Outcome> {
    let by = args.by.reviewer()?;
    let mut store = Store::open_existing(&global.db, args.patience.time())?;
    let claims = [&[args.claim], &args.others[..]].concat();
    let (id, claim) = store.merge_claims(&claims, &by)?;
    say!("merged as {claim}; undo with `onrecord undo {id}`");
    Ok(Outcome::Done)
}

#[derive(Debug, clap::Args)]
pub struct SplitArgs {
    /// The claim's id; that of any of its wordings will do
    #[arg(value_name = "CLAIM")]
    pub claim: ClaimId,
    /// What is none of it: the id of a quote as `claims show` prints it, or of a wording
    #[arg(value_name = "QUOTE_OR_WORDING")]
    pub wording: String,
    #[command(flatten)]
    pub by: By,
    #[command(flatten)]
    pub patience: Patience,
}

pub const SPLIT: &str = "\
Examples:
  onrecord claims split c0123456789abcdef 5b0c7a1e2d3f4a5b
  onrecord claims split c0123456789abcdef cfedcba9876543210 --note 'another bridge'

All statements in the words of that quote leave the claim, with the wordings that are forms of them;
the fullest wording of the claim leaves all others. The program doesn't bring them together again.
`onrecord undo` does.";

/// The beginning of a quote's id is enough, if it is so long.
const ID: usize = 8;

pub fn split(args: &SplitArgs, global: &Global) -> anyhow::Result<Outcome> {
    let by = args.by.reviewer()?;
    let wording = wording(&Reader::open(&global.db)?, args.claim, args.wording.trim())?;
    let mut store = Store::open_existing(&global.db, args.patience.time())?;
    let (id, claim) = store.split_claim(args.claim, wording, &by)?;
    let now = if claim == wording {
        format!("{claim} is a claim of its own now")
    } else {
        format!("it is of claim {claim} now")
    };
    say!("split: {now}; undo with `onrecord undo {id}`");
    Ok(Outcome::Done)
}

/// The wording that was typed.
fn wording(reader: &Reader, claim: ClaimId, typed: &str) -> anyhow::Result<ClaimId> {
    if let Ok(wording) = typed.parse() {
        return Ok(wording);
    }
    let found = if typed.len() < ID { Vec::new() } else { reader.wordings_of_quote(claim, typed)? };
    match found[..] {
        [(wording, _)] => Ok(wording),
        [] => {
            let message = format!(
                "«{}» is no id of a quote or wording of claim {claim}; `onrecord claims show {claim}` prints them",
                one_line(typed)
            );
            Err(Usage(message).into())
        }
        _ => {
            let ids: Vec<&str> = found.iter().map(|(_, id)| id.as_str()).collect();
            let typed = one_line(typed);
            Err(Usage(format!(
                "several quotes have ids that begin with «{typed}»: {}; type more of it",
                ids.join(", ")
            ))
            .into())
        }
    }
}
