//! A digest as an HTML page that can be the body of a mail: styles inside, nothing loaded, no script.

use crate::export::digest::words::{
    count, difference, link, plain, quoted, quoted_how_often, said, spread, summary, time, verdict,
};
use crate::query::digest::{Claim, Digest, Entry, Pair, Print, Section, Side, Verdict};
use maud::{DOCTYPE, Markup, html};
use std::io::{self, Write};

// Readers choose the colours of text and page, light or dark: only what is fainter says so, without a colour.
const BODY: &str =
    "font-family:Georgia,serif;font-size:16px;line-height:1.45;max-width:42em;margin:1em auto;padding:0 1em";
const SMALL: &str = "font-family:Helvetica,Arial,sans-serif;font-size:13px;opacity:.8";
const TITLE: &str = "font-size:20px;margin:1.6em 0 0;padding-top:.6em;border-top:2px solid #888888";
const LIST: &str = "padding-left:1.2em";
const ENTRY: &str = "margin:0 0 1em";
const PRINTS: &str = "padding-left:1.2em;margin:.3em 0";
const CODE: &str = "font-family:Menlo,Consolas,monospace;font-size:12px";

/// Writes a digest.
///
/// # Errors
/// Those of `out`.
pub fn write(digest: &Digest, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(page(digest).into_string().as_bytes())?;
    out.write_all(b"\n")
}

fn page(digest: &Digest) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width";
                meta name="color-scheme" content="light dark";
                meta name="supported-color-schemes" content="light dark";
                title { "onrecord digest " (time(digest)) }
            }
            body style=(BODY) {
                @if digest.sections.is_empty() {
                    p { "nothing new " (time(digest)) }
                }
                @for section in &digest.sections { (section_of(section)) }
            }
        }
    }
}

fn section_of(section: &Section) -> Markup {
    html! {
        h2 style=(TITLE) { (plain(&section.title)) }
        p style=(SMALL) { (summary(section)) }
        ul style=(LIST) {
            @for one in &section.entries { li style=(ENTRY) { (entry(one)) } }
        }
        @if section.more() > 0 {
            p style=(SMALL) { "and " (section.more()) " more: " code style=(CODE) { (section.command) } }
        }
    }
}

/// One entry, as it stands in the page and in a feed.
pub fn entry(entry: &Entry) -> Markup {
    match entry {
        Entry::Claim(claim) => claim_of(claim),
        Entry::Pair(pair) => pair_of(pair),
        Entry::Speaker(speaker) => html! {
            strong { (plain(&speaker.speaker)) } ": " (quoted_how_often(speaker))
        },
        Entry::Verdict(verdict) => verdict_of(verdict),
    }
}

fn who(speaker: Option<&str>) -> Markup {
    match speaker {
        Some(name) => html! { strong { (plain(name)) } },
        None => html! { em { "Speaker unknown" } },
    }
}

fn claim_of(claim: &Claim) -> Markup {
    html! {
        div { (who(claim.speaker.as_deref())) ": " (quoted(&claim.words)) }
        div style=(SMALL) {
            (spread(claim))
            @if let Some(id) = &claim.claim { " · " code style=(CODE) { (id) } }
        }
        ul style=(PRINTS) {
            @for print in &claim.shown { li style=(SMALL) { (print_of(print, &claim.words)) } }
            @if claim.more_prints > 0 {
                li style=(SMALL) {
                    "and " (count(claim.more_prints, "more print"))
                    @if let Some(id) = &claim.claim {
                        ": " code style=(CODE) { "onrecord claims timeline " (id) }
                    }
                }
            }
        }
    }
}

/// Where it is printed, and its words where they aren't those shown above.
fn print_of(print: &Print, shown: &str) -> Markup {
    let named: Vec<String> =
        [&print.outlet, &print.title].into_iter().flatten().map(|name| plain(name)).collect();
    let place = if named.is_empty() { plain(&print.article) } else { named.join(": ") };
    html! {
        (print.published.as_deref().unwrap_or("no date")) " "
        @match link(print.url.as_deref()) {
            Some(url) => a href=(url) { (place) },
            None => (place),
        }
        @if quoted(&print.words) != quoted(shown) { div { (quoted(&print.words)) } }
    }
}

fn pair_of(pair: &Pair) -> Markup {
    html! {
        div style=(SMALL) { (difference(pair.why)) }
        @for Side { claim, speaker, words, outlet, published, article, .. } in [&pair.a, &pair.b] {
            div { (who(speaker.as_deref())) ": " (quoted(words)) }
            div style=(SMALL) {
                (published.as_deref().unwrap_or("no date")) " " (plain(outlet.as_ref().unwrap_or(article)))
                " · " code style=(CODE) { (claim) }
            }
        }
    }
}

fn verdict_of(entry: &Verdict) -> Markup {
    html! {
        div { (said(entry.speaker.as_deref(), &entry.words)) }
        div style=(SMALL) {
            @match link(entry.url.as_deref()) {
                Some(url) => a href=(url) { (verdict(entry)) },
                None => (verdict(entry)),
            }
        }
        @if let Some(note) = &entry.note { div style=(SMALL) { (quoted(note)) } }
    }
}
