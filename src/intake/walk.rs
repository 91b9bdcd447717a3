//! Goes through files, folders and standard input in order, and through all that is packed in them.

use crate::error::{Error, Result};
use crate::intake::article::guarded;
use crate::intake::containers::{compressed, mbox, tar, warc, zip};
use crate::intake::feed;
use crate::intake::folder::{files, open, path_key};
use crate::intake::headers::Header;
use crate::intake::limits::{Budget, Counted, Limits};
use crate::intake::lines::{Line, next_line};
use crate::intake::mapping::Mapping;
use crate::intake::meter::{Meter, Metered};
use crate::intake::pieces::{Content, Leaf, Piece, Unread};
use crate::intake::rows::{Columns, Rows};
use crate::intake::sniff::{self, Found, Hints};
use crate::intake::streams::{Peeked, Stream, whole};
use crate::intake::web::{self, Client, Links, Place, WebOptions};
use crate::lexicon::intake::{FileKind, IntakeWords};
use std::io::{self, BufRead, BufReader};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How inputs are read.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// How articles are written; told by their bytes and names where it isn't said.
    pub format: Option<FileKind>,
    /// What the fields of records and tables are called.
    pub mapping: Option<Arc<Mapping>>,
    pub limits: Limits,
    pub web: WebOptions,
}

/// Whether more is wanted.
pub type Flow = ControlFlow<()>;

/// Goes through `inputs` and gives the articles in them to `each`, unread, until it breaks. `-` is standard input, and
/// what begins with `http://` or `https://` is fetched.
///
/// Folders are walked in the order of their file names, hidden files left out; symbolic links are followed.
/// `*.gold.jsonl` files in them are annotations and passed over without a word. Packed files, archives, mailboxes, web
/// archives, feeds and tables are read as they stream, one article in memory at a time. An error concerns one input, one
/// member or one line, and the next piece is what comes behind it.
pub fn walk(
    inputs: &[PathBuf],
    options: &Options,
    words: &IntakeWords,
    meter: &Meter,
    each: &mut dyn FnMut(Result<Piece>) -> Flow,
) {
    let budget = Budget::new(&options.limits);
    let mut walker =
        Walker { options, words, meter, each, budget, web: Client::new(&options.web, &options.limits) };
    for input in inputs {
        if walker.named(input).is_break() {
            return;
        }
    }
}

/// What standard input is called in messages.
const STANDARD_INPUT: &str = "standard input";
/// Bytes read at once.
const BUFFER: usize = 64 << 10;

/// An input, or what is packed in one.
#[derive(Clone)]
pub(crate) struct Input {
    /// For messages.
    pub origin: String,
    /// Its key, where the same input can be named again.
    pub place: Option<String>,
    /// Its name without folders, and without the endings of what was unpacked around it.
    pub name: String,
    /// How many packed files and archives it is in.
    pub depth: u32,
    pub found: Found,
    /// The file that it is, when it is packed in none and can be read from any place.
    pub file: Option<PathBuf>,
    /// Where on the web it was found.
    pub web: Option<Place>,
}

impl Input {
    /// A member of this archive.
    pub fn member(&self, name: &str) -> Self {
        let inside = |outer: &str| format!("{outer}!/{name}");
        Self {
            origin: inside(&self.origin),
            place: self.place.as_deref().map(inside),
            name: name.rsplit(['/', '\\']).next().unwrap_or(name).to_owned(),
            depth: self.depth + 1,
            found: Found::Inside,
            file: None,
            web: None,
        }
    }

    /// What this file is when it is unpacked.
    fn unpacked(&self, words: &IntakeWords) -> Self {
        let is_packed =
            matches!(sniff::named(&self.name, words), None | Some(FileKind::Gzip | FileKind::Zstd));
        let name = match self.name.rsplit_once('.') {
            Some((stem, end)) if end.eq_ignore_ascii_case("tgz") || end.eq_ignore_ascii_case("tzst") => {
                format!("{stem}.tar")
            }
            Some((stem, _)) if is_packed => stem.to_owned(),
            // `a.txt`, though it is packed: as some programs save what a server sent.
            _ => self.name.clone(),
        };
        Self { name, depth: self.depth + 1, file: None, ..self.clone() }
    }

    /// An article at a line of this file, or at another number that finds it.
    pub fn unread_at(&self, number: u64, content: Content) -> Unread {
        let at = |outer: &str| format!("{outer}:{number}");
        let place = self.place.as_deref().map(at);
        Unread { origin: at(&self.origin), place, header: Header::default(), content }
    }
}

pub(crate) struct Walker<'w> {
    pub options: &'w Options,
    pub words: &'w IntakeWords,
    meter: &'w Meter,
    each: &'w mut dyn FnMut(Result<Piece>) -> Flow,
    /// Of the file on the disk that is being read.
    pub budget: Budget,
    pub web: Client<'w>,
}

impl Walker<'_> {
    fn named(&mut self, input: &Path) -> Flow {
        if input.as_os_str() == "-" {
            return self.standard_input();
        }
        if let Some(address) = web::address(input) {
            return self.fetched(address);
        }
        if !input.is_dir() {
            return self.file(input, Found::Named);
        }
        for path in files(input) {
            match path {
                Ok(path) => self.file(&path, Found::Inside)?,
                Err(error) => (self.each)(Err(error))?,
            }
        }
        Flow::Continue(())
    }

    fn standard_input(&mut self) -> Flow {
        self.budget = Budget::new(&self.options.limits);
        let metered = Metered { inner: io::stdin(), meter: Meter::default(), budget: self.budget.clone() };
        let (origin, name) = (STANDARD_INPUT.to_owned(), String::new());
        let input = Input { origin, place: None, name, depth: 0, found: Found::Named, file: None, web: None };
        self.enter(&input, &mut BufReader::with_capacity(BUFFER, metered))
    }

    fn file(&mut self, path: &Path, found: Found) -> Flow {
        let file = match open(path) {
            Ok(file) => file,
            Err(error) => return (self.each)(Err(error)),
        };
        self.budget = Budget::new(&self.options.limits);
        // A pipe (`<(…)`) has a name that means nothing the next time.
        let size = file.metadata().ok().filter(std::fs::Metadata::is_file).map(|file| file.len());
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let input = Input {
            origin: path.display().to_string(),
            place: size.is_some().then(|| path_key(path)),
            name,
            depth: 0,
            found,
            file: size.is_some().then(|| path.to_owned()),
            web: None,
        };
        let before = self.meter.bytes();
        let metered = Metered { inner: file, meter: self.meter.clone(), budget: self.budget.clone() };
        let flow = self.enter(&input, &mut BufReader::with_capacity(BUFFER, metered));
        let counted = self.meter.bytes() - before;
        self.meter.add(size.unwrap_or(0).saturating_sub(counted));
        flow
    }

    /// Reads whatever `stream` holds.
    pub fn enter(&mut self, input: &Input, stream: &mut dyn Stream) -> Flow {
        let mut stream = Peeked::new(stream);
        let options = self.options;
        let mapping = options.mapping.as_deref();
        let hints = Hints { name: &input.name, format: options.format, mapping, found: input.found };
        let Some(kind) = sniff::kind(stream.start(), &hints, self.words) else {
            return self.pass_over(input.origin.clone());
        };
        match kind {
            FileKind::Gzip | FileKind::Zstd | FileKind::Zip | FileKind::Tar => {
                self.unpack(input, kind, stream)
            }
            FileKind::Warc => warc::read(self, input, &mut stream),
            FileKind::Mbox => mbox::read(self, input, &mut stream),
            FileKind::Jsonl => self.lines(input, &mut stream),
            FileKind::Csv => self.rows(input, &mut stream),
            FileKind::Feed => self.feed(input, &mut stream),
            FileKind::Text | FileKind::Xml | FileKind::Foreign => self.leaf(input, &mut stream, Leaf::Text),
            FileKind::Markdown => self.leaf(input, &mut stream, Leaf::Markdown),
            FileKind::Html => self.leaf(input, &mut stream, Leaf::Html(None)),
            FileKind::Mail => self.leaf(input, &mut stream, Leaf::Mail),
            FileKind::Pdf => self.leaf(input, &mut stream, Leaf::Pdf),
            // Named like a document and no zip archive: the reader of documents says so.
            FileKind::Office => self.leaf(input, &mut stream, Leaf::Office),
        }
    }

    fn unpack(&mut self, input: &Input, kind: FileKind, mut stream: Peeked) -> Flow {
        if sniff::certain(stream.start(), self.words) != Some(kind) {
            let reason =
                format!("is no {kind} file, though its name ends like one; fetch it again or rename it");
            return self.fail(&input.origin, reason);
        }
        let most = self.options.limits.nesting;
        if input.depth >= most {
            let reason = format!(
                "is packed more than {most} times over; unpack it, or give --max-nesting a larger number"
            );
            return self.fail(&input.origin, reason);
        }
        let budget = self.budget.clone();
        match kind {
            FileKind::Gzip => {
                let unpacked = Counted::new(compressed::Gzip::new(stream), &budget);
                self.enter(&input.unpacked(self.words), &mut BufReader::with_capacity(BUFFER, unpacked))
            }
            FileKind::Zstd => match compressed::Zstd::new(stream) {
                Ok(unpacked) => {
                    let unpacked = Counted::new(unpacked, &budget);
                    self.enter(&input.unpacked(self.words), &mut BufReader::with_capacity(BUFFER, unpacked))
                }
                Err(error) => self.broken(&input.origin, error, Lost::All),
            },
            FileKind::Zip => zip::read(self, input, &mut stream),
            _ => tar::read(self, input, &mut stream),
        }
    }

    /// Hands out a file that is one article.
    pub fn leaf(&mut self, input: &Input, stream: &mut dyn Stream, leaf: Leaf) -> Flow {
        let Some(bytes) = self.whole(input, stream)? else { return Flow::Continue(()) };
        if leaf == Leaf::Text && self.options.format.is_none() && sniff::is_json(&bytes) {
            return self.fail(&input.origin, sniff::IS_JSON.to_owned());
        }
        let (origin, place) = (input.origin.clone(), input.place.clone());
        let leaf = match (leaf, &input.web) {
            (Leaf::Html(None), Some(web)) => Leaf::Html(web.charset.clone()),
            (leaf, _) => leaf,
        };
        let header = Header { url: input.web.as_ref().map(|web| web.url.clone()), ..Header::default() };
        self.article(Unread { origin, place, header, content: Content::Leaf(bytes, leaf) })
    }

    /// All of a stream that may be no longer than an article; `None` when that failed and was told.
    fn whole(&mut self, input: &Input, stream: &mut dyn Stream) -> ControlFlow<(), Option<Vec<u8>>> {
        match whole(&mut *stream, self.options.limits.article) {
            Ok(Some(bytes)) => return ControlFlow::Continue(Some(bytes)),
            Ok(None) => {
                let reason = format!(
                    "larger than {}, too long for one article; split it, write many articles as JSON Lines, or give \
                     --max-article a larger size",
                    self.options.limits.longest()
                );
                self.fail(&input.origin, reason)?;
            }
            Err(error) => self.broken(&input.origin, error, Lost::All)?,
        }
        ControlFlow::Continue(None)
    }

    fn lines(&mut self, input: &Input, stream: &mut Peeked) -> Flow {
        if stream.start().contains(&0) {
            let reason = "is not in UTF-8, so it is no JSON Lines; save it as UTF-8";
            return self.fail(&input.origin, reason.to_owned());
        }
        if stream.start().starts_with(UTF8_MARK) {
            stream.consume(UTF8_MARK.len());
        }
        for number in 1.. {
            let content = match next_line(stream, self.options.limits.article) {
                Ok(Some(Line::Whole(line))) if line.trim_ascii().is_empty() => continue,
                Ok(Some(Line::Whole(line))) => Content::Line(line, self.options.mapping.clone()),
                Ok(Some(Line::TooLong)) => {
                    let reason = format!(
                        "longer than {}, too long for one article; split it, or give --max-article a larger size",
                        self.options.limits.longest()
                    );
                    self.fail(&format!("{}:{number}", input.origin), reason)?;
                    continue;
                }
                Ok(None) => break,
                Err(error) => return self.broken(&input.origin, error, Lost::Rest),
            };
            self.article(input.unread_at(number, content))?;
        }
        Flow::Continue(())
    }

    fn rows(&mut self, input: &Input, stream: &mut Peeked) -> Flow {
        if stream.start().contains(&0) {
            let reason = "has NUL bytes, so it is no table in UTF-8; save it as CSV in UTF-8";
            return self.fail(&input.origin, reason.to_owned());
        }
        let limit = self.options.limits.article;
        let header = match next_line(stream, limit) {
            Ok(Some(Line::Whole(line))) => line,
            Ok(_) => return self.fail(&input.origin, "has no line of column names at its top".to_owned()),
            Err(error) => return self.broken(&input.origin, error, Lost::All),
        };
        let columns = match Columns::read(&header, self.options.mapping.as_deref(), self.words) {
            Ok(columns) => Arc::new(columns),
            Err(reason) => return self.fail(&input.origin, reason),
        };
        let mut rows = Rows::new(stream, &columns, self.options.limits);
        loop {
            match rows.next() {
                Ok(None) => return Flow::Continue(()),
                Ok(Some(row)) => match row.bytes {
                    Ok(bytes) => {
                        self.article(input.unread_at(row.line, Content::Row(bytes, columns.clone())))?
                    }
                    Err(reason) => self.fail(&format!("{}:{}", input.origin, row.line), reason)?,
                },
                Err(error) => return self.broken(&input.origin, error, Lost::Rest),
            }
        }
    }

    fn feed(&mut self, input: &Input, stream: &mut dyn Stream) -> Flow {
        let Some(bytes) = self.whole(input, stream)? else { return Flow::Continue(()) };
        let words = self.words;
        let items = match guarded(|| feed::items(&bytes, words)) {
            Ok(items) => items,
            Err(reason) => return self.fail(&input.origin, reason),
        };
        drop(bytes);
        if self.options.web.links == Links::Follow {
            return self.followed(input, items);
        }
        for (item, number) in items.zip(1..) {
            match item.parts {
                Ok(parts) => {
                    let mut unread = input.unread_at(number, Content::Ready(Box::new(parts)));
                    unread.header.url = item.link;
                    self.article(unread)?;
                }
                Err(reason) => self.fail(&format!("{}:{number}", input.origin), reason)?,
            }
        }
        Flow::Continue(())
    }

    pub fn article(&mut self, unread: Unread) -> Flow {
        (self.each)(Ok(Piece::Article(unread)))
    }

    pub fn pass_over(&mut self, origin: String) -> Flow {
        (self.each)(Ok(Piece::PassedOver(origin)))
    }

    pub fn fail(&mut self, origin: &str, reason: String) -> Flow {
        (self.each)(Err(Error::Input { origin: origin.to_owned(), reason }))
    }

    pub fn refuse(&mut self, error: Error) -> Flow {
        (self.each)(Err(error))
    }

    /// Names an input that can't be read, or not any further.
    pub fn broken(&mut self, origin: &str, error: io::Error, lost: Lost) -> Flow {
        let rest = match lost {
            Lost::All => "fetch or pack it again",
            Lost::Rest => "what came before is read; fetch or pack it again for the rest",
        };
        let reason = match error.kind() {
            io::ErrorKind::UnexpectedEof => format!("ends in the middle; {rest}"),
            io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput => {
                format!("is damaged ({error}); {rest}")
            }
            io::ErrorKind::Other if !self.budget.is_spent() => format!("is damaged ({error}); {rest}"),
            _ => return (self.each)(Err(Error::io(origin)(error))),
        };
        self.fail(origin, reason)
    }
}

/// What is lost of an input that is broken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Lost {
    All,
    /// What stands behind the broken place.
    Rest,
}

const UTF8_MARK: &[u8] = b"\xef\xbb\xbf";
