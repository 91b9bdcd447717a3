//! Hashes of strings and of feature templates: the same on every machine, since weights depend on them.

/// The hash of a string (FNV-1a, 32 bits, finished by [`mix`] wherever it becomes a feature).
pub fn of(text: &str) -> u32 {
    of_bytes(text.as_bytes())
}

/// As [`of`], of raw bytes.
pub fn of_bytes(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811c_9dc5, |hash, &byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// Two hashes made one; the order counts (a multiply and xor-shift finish, after Stafford's variant 13).
pub const fn mix(a: u32, b: u32) -> u32 {
    let mut x = ((a as u64) << 32 | b as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    x ^= x >> 29;
    x = x.wrapping_mul(0xbf58_476d_1ce4_e5b9);
    (x ^ (x >> 32)) as u32
}

/// A feature: a template's number and one value.
pub const fn one(template: u32, a: u32) -> u32 {
    mix(template.wrapping_mul(0x9e37_79b1), a)
}

/// A template's number and two values.
pub const fn two(template: u32, a: u32, b: u32) -> u32 {
    mix(one(template, a), b)
}

/// A template's number and three values.
pub const fn three(template: u32, a: u32, b: u32, c: u32) -> u32 {
    mix(two(template, a, b), c)
}

#[cfg(test)]
mod tests {
    use super::{mix, of, one, three, two};

    #[test]
    fn the_order_of_what_is_mixed_counts() {
        assert_ne!(mix(1, 2), mix(2, 1));
        assert_ne!(two(7, 1, 2), two(7, 2, 1));
        assert_ne!(one(7, 1), one(8, 1));
        assert_ne!(three(7, 1, 2, 3), three(7, 1, 3, 2));
    }

    #[test]
    fn hashes_are_those_that_weights_were_trained_with() {
        assert_eq!(of(""), 0x811c_9dc5);
        assert_eq!(of("a"), 0xe40c_292c);
    }
}
