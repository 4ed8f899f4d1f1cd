//! Ids of acts and of the things they make.
//!
//! An act's id is a UUIDv7 used as a hybrid logical clock: time first, then a counter that goes up
//! while the time does not, then chance. Ids made in one study therefore sort in the order in which
//! their makers could know of each other, whatever the clocks of their devices say.

use std::fmt;

/// The id of an act. Order is order of bytes, which is order in time.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActId {
    // Two words instead of one of sixteen bytes: what holds an id need not be aligned to sixteen.
    high: u64,
    low: u64,
}

/// The value of each byte as a hexadecimal digit; 255 for what is none.
const DIGITS: [u8; 256] = {
    let mut digits = [255; 256];
    let mut byte = 0;
    while byte < 256 {
        if let Some(digit) = (byte as u8 as char).to_digit(16) {
            digits[byte] = digit as u8;
        }
        byte += 1;
    }
    digits
};

/// Bits of the counter between the milliseconds and the random end.
const COUNTER_BITS: u32 = 42;

impl ActId {
    /// Below every id that a clock can make.
    pub const ZERO: Self = Self::from_number(0);

    /// The id from its parts: milliseconds since 1970 (48 bits), counter (42 bits), random (32 bits).
    pub const fn from_parts(millis: u64, counter: u64, random: u32) -> Self {
        let millis = (millis & 0xFFFF_FFFF_FFFF) as u128;
        let high = ((counter >> 30) & 0xFFF) as u128;
        let low = (counter & 0x3FFF_FFFF) as u128;
        Self::from_number(millis << 80 | 7 << 76 | high << 64 | 0b10 << 62 | low << 32 | random as u128)
    }

    /// The id as a number, for keeping it in few bytes.
    pub const fn to_number(self) -> u128 {
        (self.high as u128) << 64 | self.low as u128
    }

    /// The id that [`Self::to_number`] was made from.
    pub const fn from_number(number: u128) -> Self {
        Self { high: (number >> 64) as u64, low: number as u64 }
    }

    /// Milliseconds since 1970 UTC.
    pub const fn millis(self) -> u64 {
        self.high >> 16
    }

    /// The counter (42 bits).
    pub const fn counter(self) -> u64 {
        let high = self.high & 0xFFF;
        let low = self.low >> 32 & 0x3FFF_FFFF;
        high << 30 | low
    }

    /// The id of the next act: the later of the own clock (`now`, milliseconds) and the newest id in
    /// the study; where that does not advance, the counter goes up.
    #[must_use]
    pub const fn next(newest: Self, now: u64, random: u32) -> Self {
        if now > newest.millis() {
            return Self::from_parts(now, 0, random);
        }
        let counter = newest.counter() + 1;
        if counter >> COUNTER_BITS == 0 {
            Self::from_parts(newest.millis(), counter, random)
        } else {
            Self::from_parts(newest.millis() + 1, 0, random)
        }
    }

    /// Reads a UUID of any version in its usual form of 36 characters.
    pub fn parse(s: &str) -> Option<Self> {
        let b = s.as_bytes();
        if b.len() != 36 {
            return None;
        }
        if [8, 13, 18, 23].iter().any(|dash| b[*dash] != b'-') {
            return None;
        }
        let word = |parts: [&[u8]; 3]| {
            let digits = parts.into_iter().flatten().map(|b| DIGITS[usize::from(*b)]);
            // What is none has bits above those of a digit, which are looked at once.
            digits.fold((0_u64, 0), |(word, all), digit| (word << 4 | u64::from(digit & 0xF), all | digit))
        };
        let (high, of_high) = word([&b[..8], &b[9..13], &b[14..18]]);
        let (low, of_low) = word([&b[19..23], &b[24..], &[]]);
        ((of_high | of_low) <= 0xF).then_some(Self { high, low })
    }
}

impl fmt::Display for ActId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let x = self.to_number();
        write!(
            f,
            "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
            x >> 96,
            x >> 80 & 0xFFFF,
            x >> 64 & 0xFFFF,
            x >> 48 & 0xFFFF,
            x & 0xFFFF_FFFF_FFFF
        )
    }
}

impl fmt::Debug for ActId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// The id of something that an act makes: `ID.k`, the k-th thing, from 1.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ThingId {
    /// The act that made it.
    pub act: ActId,
    /// Which of the things that the act makes, from 1.
    pub k: u32,
}

impl ThingId {
    /// Reads `ID.k`.
    pub fn parse(s: &str) -> Option<Self> {
        let (act, k) = s.split_once('.')?;
        if k.is_empty() || k.starts_with(['0', '+']) {
            return None;
        }
        Some(Self { act: ActId::parse(act)?, k: k.parse().ok()? })
    }
}

impl fmt::Display for ThingId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.act, self.k)
    }
}

impl fmt::Debug for ThingId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// Serialises and reads an id as its string form.
macro_rules! as_string {
    ($t:ty, $what:literal) => {
        impl serde::Serialize for $t {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.collect_str(self)
            }
        }
        impl<'de> serde::Deserialize<'de> for $t {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                struct Visitor;
                impl serde::de::Visitor<'_> for Visitor {
                    type Value = $t;
                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str($what)
                    }
                    fn visit_str<E: serde::de::Error>(self, v: &str) -> Result<$t, E> {
                        <$t>::parse(v).ok_or_else(|| E::invalid_value(serde::de::Unexpected::Str(v), &self))
                    }
                }
                d.deserialize_str(Visitor)
            }
        }
    };
}

as_string!(ActId, "a UUID");
as_string!(ThingId, "a UUID, a full stop and a number");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_read_as_it_is_written_and_nothing_else_is_an_id() {
        let written = "019b76da-abe8-7fed-8000-00000000c0de";
        let id = ActId::parse(written).unwrap();
        assert_eq!(id.to_number(), 0x019b_76da_abe8_7fed_8000_0000_0000_c0de);
        assert_eq!(id.to_string(), written);
        assert_eq!(ActId::parse(&written.to_uppercase()), Some(id));
        for at in 0..written.len() {
            for other in [b'g', b'-', b' ', b'/', b':', b'@', b'`', b'0'] {
                let mut bytes = written.as_bytes().to_vec();
                bytes[at] = other;
                let changed = String::from_utf8(bytes).unwrap();
                let dash = matches!(at, 8 | 13 | 18 | 23);
                let is_id = if dash { other == b'-' } else { other == b'0' };
                assert_eq!(ActId::parse(&changed).is_some(), is_id, "{changed}");
            }
        }
        assert_eq!(ActId::parse(written.get(1..).unwrap()), None);
        assert!(ActId::parse("019b76da-abe8-7fed-8000-00000000c0d").is_none());
    }
}
