//! Numbers in as few bytes as they need: seven bits a byte, the lowest first, the highest bit set in all but
//! the last.

/// Bytes that are read number by number.
pub(super) struct Numbers<'a>(pub(super) &'a [u8]);

impl Numbers<'_> {
    /// The next number; none where there is none, or none that fits.
    #[inline]
    pub(super) fn short(&mut self) -> Option<u32> {
        let mut number = 0_u64;
        for (at, byte) in self.0.iter().enumerate().take(5) {
            number |= u64::from(byte & 0x7F) << (7 * at);
            if byte & 0x80 == 0 {
                self.0 = self.0.get(at + 1..)?;
                return u32::try_from(number).ok();
            }
        }
        None
    }

    /// The next so many bytes as they are.
    #[inline]
    pub(super) fn bytes<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (bytes, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*bytes)
    }
}

/// Writes a number behind others.
pub(super) fn push(out: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back() {
        let all = [0, 1, 127, 128, 16_383, 16_384, u32::MAX - 1, u32::MAX];
        let mut bytes = Vec::new();
        for number in all {
            push(&mut bytes, number);
        }
        // Counted by hand: 1 + 1 + 1 + 2 + 2 + 3 + 5 + 5.
        assert_eq!(bytes.len(), 20);
        let mut numbers = Numbers(&bytes);
        for number in all {
            assert_eq!(numbers.short(), Some(number));
        }
        assert_eq!(numbers.short(), None);
    }

    #[test]
    fn what_is_no_number_is_none() {
        assert_eq!(Numbers(&[0x80]).short(), None, "cut off");
        assert_eq!(Numbers(&[0xFF, 0xFF, 0xFF, 0xFF, 0x1F]).short(), None, "more than 32 bits");
        assert_eq!(Numbers(&[0x80, 0x80, 0x80, 0x80, 0x80, 0]).short(), None, "more bytes than any has");
    }
}
