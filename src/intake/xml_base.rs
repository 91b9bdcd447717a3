//! The base addresses of a feed, before its reader is given them.

use std::borrow::Cow;

/// Bytes that the addresses of a feed's elements may come to.
const MOST_ADDRESSES: usize = 512 << 20;

/// Refuses a feed whose `xml:base`, which the reader copies for every element and link, would fill the memory.
pub fn check(bytes: &[u8]) -> Result<(), String> {
    let is_wide = memchr::memchr(0, bytes).is_some();
    let ascii = || bytes.iter().copied().filter(|&byte| byte != 0).collect::<Vec<u8>>();
    let bytes = if is_wide { Cow::Owned(ascii()) } else { Cow::Borrowed(bytes) };
    let bases = memchr::memmem::find_iter(&bytes, b"xml:base").filter_map(|at| {
        let value = bytes[at + b"xml:base".len()..].trim_ascii_start().strip_prefix(b"=")?;
        let (quote, value) = value.trim_ascii_start().split_first()?;
        let length = matches!(quote, b'"' | b'\'').then(|| memchr::memchr(*quote, value))??;
        Some(&value[..length])
    });
    // A relative one is added to the one that it stands in.
    let (whole, relative) = bases.fold((0, 0), |(whole, relative), base| {
        let is_whole = base.starts_with(b"http://") || base.starts_with(b"https://");
        if is_whole { (base.len().max(whole), relative) } else { (whole, relative + base.len()) }
    });
    let elements = memchr::memchr_iter(b'<', &bytes).count();
    if elements.saturating_mul(whole + relative) > MOST_ADDRESSES {
        return Err("has an xml:base too long for a feed of so many elements; save the feed again".to_owned());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn a_base_that_is_copied_very_often_is_refused() {
        let feed = |base: &str, count| {
            let item = "<item><link>a</link></item>".repeat(count);
            format!("<rss version='2.0' xml:base = '{base}'><channel>{item}</channel></rss>")
        };
        let long = feed(&format!("http://h.example/{}/", "a".repeat(500_000)), 70_000);
        let wide: Vec<u8> = long.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let nested = "<a xml:base=\"b/\">".repeat(500_000);
        for refused in [long.as_bytes(), &wide, nested.as_bytes()] {
            assert!(check(refused).unwrap_err().starts_with("has an xml:base too long"));
        }
        assert_eq!(check(feed("http://h.example/news/", 70_000).as_bytes()), Ok(()));
        assert_eq!(check("xml:base=\"".repeat(100_000).as_bytes()), Ok(()));
    }
}
