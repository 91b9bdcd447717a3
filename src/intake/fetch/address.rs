//! Addresses of pages: which ones are fetched, and what they look like in messages.

use url::Url;

/// The longest address taken, in bytes.
const MAX_ADDRESS_BYTES: usize = 8 << 10;

/// Reads an address as browsers do, without its fragment.
///
/// # Errors
/// Why nothing is fetched from there.
pub(crate) fn parsed(text: &str) -> Result<Url, String> {
    if text.len() > MAX_ADDRESS_BYTES {
        return Err(format!("is longer than {MAX_ADDRESS_BYTES} bytes, too long for an address of a page"));
    }
    let url = Url::parse(text.trim()).map_err(|error| format!("is no address of a page: {error}"))?;
    checked(url)
}

/// The address that the page at `base` calls `location`.
///
/// # Errors
/// As [`parsed`].
pub(crate) fn joined(base: &Url, location: &str) -> Result<Url, String> {
    let url = base.join(location.trim()).map_err(|error| format!("is no address of a page: {error}"))?;
    checked(url)
}

/// The address as it is shown: without the password that it may hold.
pub(crate) fn shown(text: &str) -> String {
    const LONGEST_SHOWN: usize = 200;
    let shown = match Url::parse(text.trim()) {
        Ok(mut url) if url.password().is_some() => {
            // What has a password takes another one.
            let _ = url.set_password(Some("…"));
            url.to_string()
        }
        _ => text.trim().to_owned(),
    };
    match shown.char_indices().nth(LONGEST_SHOWN) {
        Some((end, _)) => format!("{}…", &shown[..end]),
        None => shown,
    }
}

fn checked(mut url: Url) -> Result<Url, String> {
    if !matches!(url.scheme(), "http" | "https") {
        return Err("is no address that begins with http:// or https://".to_owned());
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("has a name or password in it, and onrecord sends none; leave it out".to_owned());
    }
    if url.as_str().len() > MAX_ADDRESS_BYTES {
        return Err(format!("is longer than {MAX_ADDRESS_BYTES} bytes, too long for an address of a page"));
    }
    url.set_fragment(None);
    Ok(url)
}

#[cfg(test)]
mod tests {
    use super::{joined, parsed, shown};

    #[test]
    fn odd_spellings_become_plain() {
        for (text, plain) in [
            ("http://2130706433/", "http://127.0.0.1/"),
            ("http://0x7f.1/a", "http://127.0.0.1/a"),
            ("http://0177.0.0.1", "http://127.0.0.1/"),
            ("http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/"),
            ("HTTPS://Post.Example:443/a b/é?x=ü#top", "https://post.example/a%20b/%C3%A9?x=%C3%BC"),
            ("http://bücher.example/", "http://xn--bcher-kva.example/"),
            ("http://post.example/a/../b", "http://post.example/b"),
        ] {
            assert_eq!(parsed(text).unwrap().as_str(), plain, "{text}");
        }
    }

    #[test]
    fn other_addresses_are_refused() {
        for text in ["file:///etc/passwd", "ftp://a.example/", "javascript:alert(1)", "data:text/html,a"] {
            assert!(parsed(text).unwrap_err().contains("http:// or https://"), "{text}");
        }
        for text in
            ["http://", "https:///", "http://a b/", "http://[::1", "", "post.example", "http://a:99999/"]
        {
            assert!(parsed(text).unwrap_err().starts_with("is no address"), "{text}");
        }
        for text in ["http://ann@a.example/", "http://ann:secret@a.example/", "http://:secret@a.example/"] {
            assert!(parsed(text).unwrap_err().contains("name or password"), "{text}");
        }
        assert!(parsed(&format!("http://a.example/{}", "a".repeat(9000))).unwrap_err().contains("longer"));
        assert!(parsed(&format!("http://a.example/{}", "é".repeat(3000))).unwrap_err().contains("longer"));
    }

    #[test]
    fn a_place_is_seen_from_its_page() {
        let base = parsed("https://post.example/news/a").unwrap();
        assert_eq!(joined(&base, "../b?c#d").unwrap().as_str(), "https://post.example/b?c");
        assert_eq!(joined(&base, "//other.example").unwrap().as_str(), "https://other.example/");
        assert!(joined(&base, "file:///etc/passwd").is_err());
        assert!(joined(&base, "http://ann:secret@post.example/").is_err());
    }

    #[test]
    fn no_password_is_shown() {
        assert_eq!(shown("http://ann:secret@a.example/b"), "http://ann:%E2%80%A6@a.example/b");
        assert_eq!(shown("http://a.example/b"), "http://a.example/b");
        assert_eq!(shown(&"é".repeat(300)).chars().count(), 201);
    }
}
