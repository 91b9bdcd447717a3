//! Takes the text out of a PDF file, kept at arm's length: the library may panic or go on for ever on a broken file.

use encoding_rs::{UTF_16BE, WINDOWS_1252};
use flate2::read::DeflateDecoder;
use pdf_extract::{
    Dictionary, Document, LoadOptions, Object, ObjectId, PlainTextOutput, Stream, output_doc_page,
};
use std::cell::Cell;
use std::collections::HashSet;
use std::io::{self, Read};
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
    let left = Cell::new(MAX_UNPACKED);
    for at in memchr::memmem::find_iter(bytes, b"stream") {
        if !bytes[..at].ends_with(b"end") {
            let data = bytes[at + b"stream".len()..].trim_ascii_start();
            spend(data, &left)?;
        }
    }
    Ok(())
}

/// Bytes that reading a stream costs beside those that come out of it.
const STREAM_COST: u64 = 512;
/// Packed streams in one another, at which none is an article's.
const MAX_LAYERS: u32 = 4;

/// Counts what a packed stream takes from what is left, and what is packed in it.
fn spend(data: &[u8], left: &Cell<u64>) -> Result<(), String> {
    // The library passes over a head that is wrong.
    let mut decoder = DeflateDecoder::new(data.get(2..).unwrap_or_default());
    unpack(&mut Spent { inner: &mut decoder, left }, left, 1);
    left.set(left.get().saturating_sub(decoder.total_in() + STREAM_COST));
    if left.get() == 0 {
        return Err(format!("is larger than {} MiB unpacked, so it is no article", MAX_UNPACKED >> 20));
    }
    Ok(())
}

/// What begins every zlib stream: the method, and a sum over both bytes.
fn is_zlib([method, flags]: [u8; 2]) -> bool {
    method & 0x0f == 8 && u16::from_be_bytes([method, flags]).is_multiple_of(31)
}

fn unpack(unpacked: &mut dyn Read, left: &Cell<u64>, layers: u32) {
    let mut head = [0; 2];
    if unpacked.read_exact(&mut head).is_ok() && is_zlib(head) {
        if layers == MAX_LAYERS {
            return left.set(0);
        }
        let mut decoder = DeflateDecoder::new(&mut *unpacked);
        unpack(&mut Spent { inner: &mut decoder, left }, left, layers + 1);
    }
    // A broken stream is as long as what came out of it.
    let _ = io::copy(unpacked, &mut io::sink());
}

/// What comes out of a stream, as long as any may.
struct Spent<'a> {
    inner: &'a mut dyn Read,
    left: &'a Cell<u64>,
}

impl Read for Spent<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let most = usize::try_from(self.left.get()).map_or(into.len(), |left| left.min(into.len()));
        let read = self.inner.read(&mut into[..most])?;
        self.left.set(self.left.get().saturating_sub(read as u64));
        Ok(read)
    }
}

fn pages(bytes: &[u8]) -> Result<Extracted, String> {
    let locked = || "is locked with a password; save it without one".to_owned();
    let options = LoadOptions::with_filter(emptied);
    let mut document = Document::load_mem_with_options(bytes, options).map_err(|error| match error {
        pdf_extract::Error::Decryption(_) | pdf_extract::Error::InvalidPassword => locked(),
        error => damaged(&error.to_string()),
    })?;
    if document.is_encrypted() {
        document.decrypt("").map_err(|_| locked())?;
    }
    tame(&mut document)?;
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

/// Empties streams of objects that are packed otherwise than once, as they are unpacked while the file is loaded.
fn emptied(id: ObjectId, object: &mut Object) -> Option<(ObjectId, Object)> {
    if let Object::Stream(stream) = object
        && stream.dict.has_type(b"ObjStm")
        && !matches!(stream.filters().as_deref(), Err(_) | Ok([] | [b"FlateDecode"]))
    {
        stream.content.clear();
    }
    // What is given back counts only for what stood in such a stream, and no stream does.
    Some((id, if matches!(object, Object::Stream(_)) { Object::Null } else { object.clone() }))
}

/// Empties pictures, which the library would read as text, and gives forms without fonts and forms of their own none: else they
/// take the page's, and may draw themselves.
///
/// # Errors
/// When a stream is packed so that its size can't be counted, or is too large.
fn tame(document: &mut Document) -> Result<(), String> {
    let left = Cell::new(MAX_UNPACKED);
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
        repack(stream)?;
        spend(&stream.content, &left)?;
    }
    Ok(())
}

/// Leaves a stream packed at most once, by the method whose size is counted.
fn repack(stream: &mut Stream) -> Result<(), String> {
    let filters = stream.filters().unwrap_or_default();
    match filters.as_slice() {
        [b"ASCII85Decode", b"FlateDecode"] => {
            let dict = Dictionary::from_iter([("Filter", Object::Name(b"ASCII85Decode".to_vec()))]);
            let text = Stream::new(dict, std::mem::take(&mut stream.content));
            stream.content = text.decompressed_content().map_err(|error| damaged(&error.to_string()))?;
            stream.dict.set("Filter", Object::Name(b"FlateDecode".to_vec()));
            Ok(())
        }
        [] => Ok(()),
        [one] if *one != b"LZWDecode" => Ok(()),
        _ => Err("is packed in a way that could hide a bomb; save its text as plain text".to_owned()),
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
