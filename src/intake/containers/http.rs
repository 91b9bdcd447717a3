//! Answers of web servers as web archives keep them.

use crate::intake::limits::{Budget, Counted};
use flate2::bufread::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use memchr::memmem;
use std::io::{self, Read};

/// An answer: its head, and its body as it was sent.
pub(crate) struct Response<'a> {
    pub status: u16,
    /// Names in lower case.
    headers: Vec<(String, String)>,
    body: &'a [u8],
}

/// Reads the head of an answer.
pub(crate) fn response(block: &[u8]) -> Option<Response<'_>> {
    let ends = [(memmem::find(block, b"\r\n\r\n"), 4), (memmem::find(block, b"\n\n"), 2)];
    let (end, gap) = ends.into_iter().filter_map(|(at, gap)| at.map(|at| (at, gap))).min()?;
    let head = String::from_utf8_lossy(&block[..end]);
    let mut lines = head.lines();
    let status = lines.next()?.strip_prefix("HTTP/")?.split_whitespace().nth(1)?.parse().ok()?;
    let headers = lines.filter_map(|line| line.split_once(':'));
    let headers =
        headers.map(|(name, value)| (name.trim().to_lowercase(), value.trim().to_owned())).collect();
    Some(Response { status, headers, body: &block[end + gap..] })
}

impl Response<'_> {
    fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(header, _)| header == name).map(|(_, value)| value.as_str())
    }

    /// What kind of file the server says that it sends.
    pub fn content_type(&self) -> Option<ContentType> {
        self.header("content-type").map(content_type)
    }

    /// The body as the server's program wrote it, up to `limit` bytes; what it unpacks to counts in `budget`.
    ///
    /// Many archives keep the body unpacked under the head of the packed one, so a body that isn't what its head says is
    /// taken as it is.
    ///
    /// # Errors
    /// Why it can't be had.
    pub fn body(&self, limit: usize, budget: &Budget) -> Result<Vec<u8>, String> {
        let is_chunked =
            self.header("transfer-encoding").is_some_and(|value| value.to_lowercase().contains("chunked"));
        let body = if is_chunked { joined(self.body) } else { None }.unwrap_or_else(|| self.body.to_vec());
        let packed = self.header("content-encoding").unwrap_or_default().to_lowercase();
        let bytes = body.as_slice();
        let read = match packed.trim() {
            "gzip" | "x-gzip" if body.starts_with(&[0x1f, 0x8b]) => {
                unpacked(MultiGzDecoder::new(bytes), limit, budget)
            }
            "deflate" if body.first() == Some(&0x78) => unpacked(ZlibDecoder::new(bytes), limit, budget),
            "deflate" if !body.starts_with(b"<") => unpacked(DeflateDecoder::new(bytes), limit, budget),
            "br" | "zstd" if !body.trim_ascii_start().starts_with(b"<") => {
                return Err(format!("is packed with {packed}, which isn't read"));
            }
            _ => return Ok(body),
        };
        match read {
            Ok(unpacked) if unpacked.len() > limit => {
                Err("unpacks to more than an article may have; give --max-article a larger size".to_owned())
            }
            Ok(unpacked) => Ok(unpacked),
            Err(error) if budget.is_spent() => Err(error.to_string()),
            Err(error) => Err(format!("can't be unpacked ({error})")),
        }
    }
}

/// Up to one byte more than `limit`.
fn unpacked(packed: impl Read, limit: usize, budget: &Budget) -> io::Result<Vec<u8>> {
    let mut unpacked = Vec::new();
    Counted::new(packed, budget).take(limit as u64 + 1).read_to_end(&mut unpacked)?;
    Ok(unpacked)
}

/// `text/html; charset=utf-8`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct ContentType {
    /// In lower case.
    pub essence: String,
    pub charset: Option<String>,
}

pub(crate) fn content_type(value: &str) -> ContentType {
    let mut parts = value.split(';');
    let essence = parts.next().unwrap_or_default().trim().to_lowercase();
    let charset = parts.find_map(|part| {
        let (name, value) = part.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches('"').to_owned())
    });
    ContentType { essence, charset: charset.filter(|charset| !charset.is_empty()) }
}

/// The chunks of a body joined; `None` when it isn't made of chunks.
fn joined(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let end = rest.iter().take(100).position(|&byte| byte == b'\n')?;
        let line = std::str::from_utf8(&rest[..end]).ok()?;
        let size = usize::from_str_radix(line.split(';').next().unwrap_or_default().trim(), 16).ok()?;
        rest = &rest[end + 1..];
        if size == 0 {
            return Some(body);
        }
        // A capture may have been cut: what is there is there.
        let chunk = &rest[..size.min(rest.len())];
        body.extend_from_slice(chunk);
        rest = &rest[chunk.len()..];
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
        if rest.is_empty() {
            return Some(body);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{content_type, response};
    use crate::intake::limits::{Budget, Limits};
    use flate2::Compression;
    use flate2::read::GzEncoder;
    use std::io::Read;

    fn body(head: &str, body: &[u8]) -> Result<Vec<u8>, String> {
        let block = [format!("HTTP/1.1 200 OK\r\n{head}\r\n\r\n").as_bytes(), body].concat();
        response(&block).unwrap().body(1000, &Budget::new(&Limits::default()))
    }

    #[test]
    fn bodies_are_put_together_and_unpacked() {
        assert_eq!(body("A: b", b"plain").unwrap(), b"plain");
        assert_eq!(
            body("Transfer-Encoding: chunked", b"3;x=y\r\none\r\n3\r\ntwo\r\n0\r\n\r\n").unwrap(),
            b"onetwo"
        );
        assert_eq!(body("Transfer-Encoding: chunked", b"<p>joined already").unwrap(), b"<p>joined already");
        let mut packed = Vec::new();
        GzEncoder::new(&b"<p>Shut."[..], Compression::fast()).read_to_end(&mut packed).unwrap();
        assert_eq!(body("content-encoding: GZIP", &packed).unwrap(), b"<p>Shut.");
        assert_eq!(body("content-encoding: gzip", b"<p>unpacked already").unwrap(), b"<p>unpacked already");
        assert!(body("content-encoding: br", b"\x8b\x02").is_err());
        let mut bomb = Vec::new();
        GzEncoder::new(&[b'a'; 5000][..], Compression::fast()).read_to_end(&mut bomb).unwrap();
        assert!(body("content-encoding: gzip", &bomb).unwrap_err().contains("--max-article"));
    }

    #[test]
    fn heads_are_read_as_servers_write_them() {
        let read = response(b"HTTP/2 404\ncontent-type: Text/HTML; Charset=\"utf-8\"\n\nx").unwrap();
        let kind = read.content_type().unwrap();
        assert_eq!(
            (read.status, kind.essence.as_str(), kind.charset.as_deref()),
            (404, "text/html", Some("utf-8"))
        );
        assert!(response(b"dns:orbo.example").is_none());
        assert!(response(b"HTTP/1.1 OK\r\n\r\n").is_none());
        assert_eq!(content_type("text/plain; charset=").charset, None);
    }
}
