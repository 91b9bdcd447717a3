//! Takes the text out of a PDF file, kept at arm's length: the library may panic or go on for ever on a broken file.

use encoding_rs::{UTF_16BE, WINDOWS_1252};
use flate2::read::ZlibDecoder;
use pdf_extract::{Dictionary, Document, Object, ObjectId, PlainTextOutput, output_doc_page};
use std::collections::HashSet;
use std::io::Read;
use std::panic::{self, AssertUnwindSafe};
use std::sync::{Once, mpsc};
use std::thread;
use std::time::Duration;

/// How long the text of one file may take. What takes longer is left to end by itself in its thread.
pub const TIME_LIMIT: Duration = Duration::from_secs(20);
/// Pages that are read.
const MAX_PAGES: usize = 500;
/// Bytes of a file that may be unpacked from it.
const MAX_UNPACKED: u64 = 256 << 20;
/// Stack of the thread that reads: the library follows references by recursion.
const STACK: usize = 64 << 20;
/// Name of that thread.
const THREAD: &str = "pdf";

/// The text of a file and what it says about itself.
#[derive(Default)]
pub struct Extracted {
    pub pages: Vec<String>,
    pub title: Option<String>,
    pub author: Option<String>,
    pub created: Option<String>,
}

/// Takes the text out of a PDF file.
///
/// # Errors
/// Why there is none; see [`crate::intake::pdf::read`].
pub fn extract(bytes: &[u8]) -> Result<Extracted, String> {
    let start = &bytes[..bytes.len().min(1024)];
    if memchr::memmem::find(start, b"%PDF-").is_none() {
        return Err("is no PDF".to_owned());
    }
    check_unpacked(bytes)?;
    keep_quiet();
    let (sender, receiver) = mpsc::channel();
    let bytes = bytes.to_vec();
    let work = move || {
        let result = panic::catch_unwind(AssertUnwindSafe(|| pages(&bytes)));
        // Nobody listens when the time is over.
        let _ = sender.send(result.unwrap_or_else(|_| Err(damaged("it breaks the reader"))));
    };
    let thread = thread::Builder::new().name(THREAD.to_owned()).stack_size(STACK).spawn(work);
    thread.map_err(|error| format!("can't be read now ({error}); try again"))?;
    receiver.recv_timeout(TIME_LIMIT).unwrap_or_else(|_| {
        Err(format!(
            "takes longer than {} seconds to read; save its text as plain text",
            TIME_LIMIT.as_secs()
        ))
    })
}

/// Panics of the reading thread are caught and told as an error; the usual message would stand on stderr beside it.
fn keep_quiet() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if thread::current().name() != Some(THREAD) {
                usual(info);
            }
        }));
    });
}

fn damaged(why: &str) -> String {
    format!("is damaged or unusual ({why}); save its text as plain text")
}

/// Unpacks every stream without keeping it, to learn how large they are together.
fn check_unpacked(bytes: &[u8]) -> Result<(), String> {
    let mut left = MAX_UNPACKED;
    for at in memchr::memmem::find_iter(bytes, b"stream") {
        let data = bytes[at + b"stream".len()..].trim_ascii_start();
        // Every zlib stream of a PDF begins so.
        if !data.starts_with(b"\x78") && !data.starts_with(b"\x68") && !data.starts_with(b"\x48") {
            continue;
        }
        let mut unpacked = ZlibDecoder::new(data).take(left);
        // A broken stream is as long as what came out of it.
        let mut sink = std::io::sink();
        let _ = std::io::copy(&mut unpacked, &mut sink);
        let used = unpacked.get_ref().total_out() + unpacked.get_ref().total_in();
        left = left.saturating_sub(used);
        if left == 0 {
            return Err(format!("is larger than {} MiB unpacked, so it is no article", MAX_UNPACKED >> 20));
        }
    }
    Ok(())
}

fn pages(bytes: &[u8]) -> Result<Extracted, String> {
    let locked = || "is locked with a password; save it without one".to_owned();
    let mut document = Document::load_mem(bytes).map_err(|error| match error {
        pdf_extract::Error::Decryption(_) | pdf_extract::Error::InvalidPassword => locked(),
        error => damaged(&error.to_string()),
    })?;
    if document.is_encrypted() {
        document.decrypt("").map_err(|_| locked())?;
    }
    tame(&mut document);
    let numbers: Vec<(u32, ObjectId)> = document.get_pages().into_iter().take(MAX_PAGES).collect();
    if numbers.is_empty() {
        return Err(damaged("it has no pages"));
    }
    let mut extracted = info(&document);
    for (number, page) in numbers {
        check_ends(&document, page)?;
        let mut text = String::new();
        output_doc_page(&document, &mut PlainTextOutput::new(&mut text), number)
            .map_err(|error| damaged(&error.to_string()))?;
        extracted.pages.push(text);
    }
    Ok(extracted)
}

/// Empties pictures, which the library would read as text, and gives forms without fonts and forms of their own none: else they
/// take the page's, and may draw themselves.
fn tame(document: &mut Document) {
    for object in document.objects.values_mut() {
        let Object::Stream(stream) = object else { continue };
        let kind = stream.dict.get(b"Subtype").and_then(Object::as_name).unwrap_or_default();
        let (is_image, is_form) = (kind == b"Image", kind == b"Form");
        if is_image {
            stream.content.clear();
            stream.dict.remove(b"Filter");
        }
        if is_form && !stream.dict.has(b"Resources") {
            stream.dict.set("Resources", Dictionary::new());
        }
    }
}

/// Pages and forms in one another.
const MAX_DEPTH: usize = 32;

/// Refuses a page whose parents or forms lead back to themselves.
fn check_ends(document: &Document, page: ObjectId) -> Result<(), String> {
    let mut at = page;
    for depth in 0.. {
        if depth > MAX_DEPTH {
            return Err(damaged("its pages lead back to themselves"));
        }
        let parent =
            document.get_dictionary(at).and_then(|dict| dict.get(b"Parent")).and_then(Object::as_reference);
        match parent {
            Ok(parent) => at = parent,
            Err(_) => break,
        }
        let inherited = document.get_dictionary(at).ok().and_then(|dict| dict.get(b"Resources").ok());
        inherited.map_or(Ok(()), |resources| check_forms(document, resources))?;
    }
    let own = document.get_dictionary(page).ok().and_then(|dict| dict.get(b"Resources").ok());
    own.map_or(Ok(()), |resources| check_forms(document, resources))
}

fn check_forms(document: &Document, resources: &Object) -> Result<(), String> {
    const MOST_FORMS: usize = 5_000;
    // Each open level: its forms still to be looked at, and the form that it belongs to.
    let mut open: Vec<(Option<ObjectId>, Vec<ObjectId>)> = vec![(None, forms(document, resources))];
    let mut done = HashSet::new();
    while let Some((owner, left)) = open.last_mut() {
        let Some(form) = left.pop() else {
            done.extend(*owner);
            open.pop();
            continue;
        };
        if done.contains(&form) {
            continue;
        }
        let is_open = open.iter().any(|(owner, _)| *owner == Some(form));
        if is_open || open.len() > MAX_DEPTH || done.len() > MOST_FORMS {
            return Err(damaged("its forms draw themselves"));
        }
        let dict = document.get_object(form).and_then(Object::as_stream).map(|stream| &stream.dict);
        let inner = dict.ok().and_then(|dict| dict.get(b"Resources").ok());
        open.push((Some(form), inner.map(|resources| forms(document, resources)).unwrap_or_default()));
    }
    Ok(())
}

/// The forms that resources name.
fn forms(document: &Document, resources: &Object) -> Vec<ObjectId> {
    let dictionary = |object| document.dereference(object).ok().and_then(|(_, object)| object.as_dict().ok());
    let forms = dictionary(resources).and_then(|dict| dict.get(b"XObject").ok()).and_then(dictionary);
    let ids =
        forms.into_iter().flat_map(|forms| forms.iter()).filter_map(|(_, form)| form.as_reference().ok());
    ids.collect()
}

fn info(document: &Document) -> Extracted {
    let info = document.trailer.get(b"Info").ok().and_then(|info| document.dereference(info).ok());
    let info = info.and_then(|(_, info)| info.as_dict().ok());
    let text = |name: &[u8]| {
        let value =
            info?.get(name).ok().and_then(|value| document.dereference(value).ok())?.1.as_str().ok()?;
        let text = value.strip_prefix(b"\xfe\xff").map_or_else(
            || {
                String::from_utf8(value.to_vec())
                    .unwrap_or_else(|_| WINDOWS_1252.decode(value).0.into_owned())
            },
            |utf16| UTF_16BE.decode_without_bom_handling(utf16).0.into_owned(),
        );
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        (!text.is_empty() && text.len() <= 1_000).then_some(text)
    };
    Extracted {
        pages: Vec::new(),
        title: text(b"Title"),
        author: text(b"Author"),
        created: text(b"CreationDate"),
    }
}
