//! What a server answers: a page, another address, or a refusal told in words.

use crate::intake::fetch::Options;
use crate::intake::fetch::guard::Unreachable;
use crate::intake::fetch::pace::Pace;
use crate::lexicon::web::WebWords;
use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;
use std::io::{self, Read};
use std::time::Duration;
use ureq::Body;
use ureq::http::{HeaderName, Response, header};
use ureq::{Error, Timeout};

/// An answer whose body isn't read yet.
pub(crate) struct Answer(Response<Body>);

/// What reading a body may cost.
pub(crate) struct Limits<'a> {
    /// After decompression.
    pub(crate) bytes: usize,
    pub(crate) pace: &'a Pace,
}

/// See [`crate::intake::fetch::Fetched`].
pub(crate) struct Reading {
    pub(crate) content_type: Option<String>,
    pub(crate) charset: Option<String>,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn new(response: Response<Body>) -> Self {
        Self(response)
    }

    pub(crate) fn status(&self) -> u16 {
        self.0.status().as_u16()
    }

    /// Where the page has moved to, if the answer says so; or why that can't be read.
    pub(crate) fn moved_to(&self) -> Option<Result<String, String>> {
        if !matches!(self.status(), 301 | 302 | 303 | 307 | 308) {
            return None;
        }
        let location = self.0.headers().get(header::LOCATION)?.as_bytes().to_vec();
        Some(String::from_utf8(location).map_err(|_| "is not in UTF-8".to_owned()))
    }

    /// How long a busy server asks to be left alone, if it says so.
    pub(crate) fn busy_for(&self) -> Option<Duration> {
        matches!(self.status(), 429 | 503).then(|| self.retry_after()).flatten()
    }

    fn retry_after(&self) -> Option<Duration> {
        waited(self.header(header::RETRY_AFTER)?, Timestamp::now())
    }

    /// Reads the page.
    ///
    /// # Errors
    /// What came instead of one and what to do; that it is larger than the limit; that the connection failed.
    pub(crate) fn page(self, words: &WebWords, limits: &Limits) -> Result<Reading, String> {
        if !self.0.status().is_success() {
            return Err(self.refusal(words));
        }
        let (content_type, charset) = self.header(header::CONTENT_TYPE).map_or((None, None), kind);
        let unreadable = content_type.as_deref().filter(|kind| !words.is_readable(kind));
        if let Some(kind) = unreadable {
            return Err(format!("is {kind}, which is no page, feed or text; name the address of an article"));
        }
        let too_large = || {
            let limit = size(limits.bytes);
            format!(
                "is larger than {limit}, too long for an article or feed; give --max-article a larger size"
            )
        };
        if self.0.body().content_length().is_some_and(|length| length > limits.bytes as u64) {
            return Err(too_large());
        }
        let body = self.start(&Limits { bytes: limits.bytes + 1, pace: limits.pace })?;
        if body.len() > limits.bytes { Err(too_large()) } else { Ok(Reading { content_type, charset, body }) }
    }

    /// Reads the body up to the limit, and leaves the rest.
    pub(crate) fn start(self, limits: &Limits) -> Result<Vec<u8>, String> {
        // An encoding that the client undid is taken out of the header.
        if let Some(encoding) =
            self.header(header::CONTENT_ENCODING).filter(|encoding| *encoding != "identity")
        {
            return Err(format!(
                "is encoded as «{encoding}», which onrecord doesn't read and didn't ask for"
            ));
        }
        let mut reader = self.0.into_body().into_reader().take(limits.bytes as u64);
        let mut body = Vec::new();
        let mut chunk = vec![0; 32 << 10];
        loop {
            limits.pace.go_on()?;
            match reader.read(&mut chunk) {
                Ok(0) => return Ok(body),
                Ok(read) => body.extend_from_slice(&chunk[..read]),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(broken_off(Error::from(error))),
            }
        }
    }

    /// Tells why there is no page, and what to do.
    pub(crate) fn refusal(&self, words: &WebWords) -> String {
        let code = self.status();
        let told = words.status(code).map_or_else(
            || format!("{code}: the server sent no page"),
            |status| format!("{code}: {}; {}", status.what, status.advice),
        );
        match self.retry_after() {
            Some(time) => format!("{told} (the server says in {})", in_words(time)),
            None => told,
        }
    }

    fn header(&self, name: HeaderName) -> Option<&str> {
        self.0.headers().get(name)?.to_str().ok().map(str::trim)
    }
}

/// The media type and the encoding of a `Content-Type`.
fn kind(header: &str) -> (Option<String>, Option<String>) {
    let mut parts = header.split(';').map(str::trim);
    let media_type = parts.next().filter(|kind| !kind.is_empty()).map(str::to_ascii_lowercase);
    let charset = parts.find_map(|part| {
        let (name, value) = part.split_once('=')?;
        let value = value.trim().trim_matches(['"', '\'']);
        (name.trim().eq_ignore_ascii_case("charset") && !value.is_empty()).then(|| value.to_owned())
    });
    (media_type, charset)
}

/// The time that `Retry-After` means: seconds, or a date.
fn waited(header: &str, now: Timestamp) -> Option<Duration> {
    if let Ok(seconds) = header.parse::<u32>() {
        return Some(Duration::from_secs(seconds.into()));
    }
    let date = DateTimeParser::new().parse_timestamp(header).ok()?;
    Some(Duration::try_from(date.duration_since(now)).unwrap_or_default())
}

fn in_words(time: Duration) -> String {
    let seconds = time.as_secs_f64().ceil() as u64;
    match seconds {
        1 => "1 second".to_owned(),
        0..=119 => format!("{seconds} seconds"),
        120..=7199 => format!("{} minutes", seconds.div_ceil(60)),
        _ => format!("{} hours", seconds.div_ceil(3600)),
    }
}

fn size(bytes: usize) -> String {
    if bytes >= 1 << 20 { format!("{} MiB", bytes >> 20) } else { format!("{bytes} bytes") }
}

/// Tells why there is no answer, and what to do.
pub(crate) fn told(error: Error, options: &Options) -> String {
    match error {
        Error::Other(cause) if cause.is::<Unreachable>() => cause.to_string(),
        Error::Timeout(Timeout::Resolve | Timeout::Connect) => {
            format!("no server answered within {}; try again later", in_words(options.connect))
        }
        Error::Timeout(Timeout::Global) => {
            format!("the server didn't send it within {}; try again later", in_words(options.total))
        }
        Error::Timeout(_) => {
            format!("the server said nothing for {}; try again later", in_words(options.read))
        }
        Error::Io(error) => unconnected(&error),
        Error::Rustls(error) => format!("the connection can't be made secure: {error}"),
        Error::Tls(error) => format!("the connection can't be made secure: {error}"),
        Error::LargeResponseHeader(..) => "the server's answer has too long a header".to_owned(),
        Error::Http(_) | Error::BadUri(_) => "is no address of a page; check it".to_owned(),
        error => format!("the server's answer is no proper one: {error}"),
    }
}

fn unconnected(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::ConnectionRefused => {
            "no server is there; check the address, or try again later".to_owned()
        }
        io::ErrorKind::ConnectionReset | io::ErrorKind::ConnectionAborted | io::ErrorKind::UnexpectedEof => {
            "the server hung up without an answer; try again later".to_owned()
        }
        io::ErrorKind::InvalidData => format!("the connection can't be made secure: {error}"),
        _ => format!("the server can't be reached: {error}"),
    }
}

/// Tells why a body has no end.
fn broken_off(error: Error) -> String {
    match error {
        Error::Timeout(_) => "came too slowly and was given up; try again later".to_owned(),
        Error::Decompress(..) => "is said to be compressed with gzip, and isn't".to_owned(),
        error => format!("broke off before its end ({error}); try again later"),
    }
}

#[cfg(test)]
mod tests {
    use super::{in_words, kind, waited};
    use jiff::Timestamp;
    use std::time::Duration;

    #[test]
    fn a_content_type_may_be_written_in_many_ways() {
        let read = |header| {
            let (media_type, charset) = kind(header);
            format!("{} {}", media_type.unwrap_or("–".into()), charset.unwrap_or("–".into()))
        };
        assert_eq!(read("text/html"), "text/html –");
        assert_eq!(read("Text/HTML ;Charset=\"ISO-8859-1\""), "text/html ISO-8859-1");
        assert_eq!(read("text/html; boundary=x; charset = utf-8 ;x"), "text/html utf-8");
        assert_eq!(read("; charset="), "– –");
    }

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let now: Timestamp = "2025-10-22T07:28:00Z".parse().unwrap();
        let seconds = |header| waited(header, now).map(|time| time.as_secs());
        assert_eq!(seconds("120"), Some(120));
        assert_eq!(seconds("Wed, 22 Oct 2025 07:28:30 GMT"), Some(30));
        assert_eq!(seconds("Wed, 22 Oct 2025 07:00:00 GMT"), Some(0));
        assert_eq!(seconds("-1"), None);
        assert_eq!(seconds("soon"), None);
    }

    #[test]
    fn times_are_told_in_words() {
        let told = [1, 119, 120, 7199, 7200].map(|seconds| in_words(Duration::from_secs(seconds)));
        assert_eq!(told, ["1 second", "119 seconds", "2 minutes", "120 minutes", "2 hours"]);
    }
}
