//! Numbers and strings as bytes, and back.

use super::ColumnarError;

/// Writes a number: seven bits a byte, the lowest first (LEB128).
pub(super) fn put(out: &mut Vec<u8>, mut n: u64) {
    while n > 0x7f {
        out.push(n as u8 | 0x80);
        n >>= 7;
    }
    out.push(n as u8);
}

/// Writes a length and the bytes.
pub(super) fn put_bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    put(out, bytes.len() as u64);
    out.extend_from_slice(bytes);
}

/// A number that may be negative as one that is small where its size is (zigzag).
pub(super) fn folded(n: i64) -> u64 {
    ((n << 1) ^ (n >> 63)) as u64
}

/// Back from [`folded`].
pub(super) fn unfolded(n: u64) -> i64 {
    (n >> 1) as i64 ^ -((n & 1) as i64)
}

/// Bytes that are read from their start on; it says what they are where they end too soon.
#[derive(Debug, Clone)]
pub(super) struct Cursor<'a> {
    rest: &'a [u8],
    what: &'static str,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(rest: &'a [u8], what: &'static str) -> Self {
        Cursor { rest, what }
    }

    /// That these bytes cannot be.
    pub(super) fn broken(&self) -> ColumnarError {
        ColumnarError::Broken(self.what)
    }

    pub(super) fn byte(&mut self) -> Result<u8, ColumnarError> {
        let (&first, rest) = self.rest.split_first().ok_or_else(|| self.broken())?;
        self.rest = rest;
        Ok(first)
    }

    pub(super) fn number(&mut self) -> Result<u64, ColumnarError> {
        let mut n = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            let bits = u64::from(byte & 0x7f);
            if bits << shift >> shift != bits {
                return Err(self.broken());
            }
            n |= bits << shift;
            if byte < 0x80 {
                return Ok(n);
            }
        }
        Err(self.broken())
    }

    /// A number that counts something in memory.
    pub(super) fn count(&mut self) -> Result<usize, ColumnarError> {
        usize::try_from(self.number()?).map_err(|_| self.broken())
    }

    pub(super) fn take(&mut self, len: usize) -> Result<&'a [u8], ColumnarError> {
        let (taken, rest) = self
            .rest
            .split_at_checked(len)
            .ok_or_else(|| self.broken())?;
        self.rest = rest;
        Ok(taken)
    }

    /// So many bytes as an array.
    pub(super) fn array<const N: usize>(&mut self) -> Result<[u8; N], ColumnarError> {
        let taken = self.take(N)?;
        taken.try_into().map_err(|_| self.broken())
    }

    /// A length and the bytes.
    pub(super) fn bytes(&mut self) -> Result<&'a [u8], ColumnarError> {
        let len = self.count()?;
        self.take(len)
    }

    pub(super) fn string(&mut self) -> Result<&'a str, ColumnarError> {
        std::str::from_utf8(self.bytes()?).map_err(|_| self.broken())
    }

    /// A column: it ends where its rows do.
    pub(super) fn column(&mut self, what: &'static str) -> Result<Cursor<'a>, ColumnarError> {
        Ok(Cursor::new(self.bytes()?, what))
    }

    /// Nothing may be left.
    pub(super) fn end(&self) -> Result<(), ColumnarError> {
        match self.rest {
            [] => Ok(()),
            _ => Err(self.broken()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn numbers_come_back(n in any::<u64>(), signed in any::<i64>()) {
            let mut out = Vec::new();
            put(&mut out, n);
            let mut cursor = Cursor::new(&out, "number");
            prop_assert_eq!(cursor.number(), Ok(n));
            prop_assert_eq!(cursor.end(), Ok(()));
            prop_assert_eq!(unfolded(folded(signed)), signed);
        }
    }

    #[test]
    fn numbers_end_and_fit() {
        for wrong in [&[0x80][..], &[0xff; 9], &[0xff; 12]] {
            let read = Cursor::new(wrong, "number").number();
            assert_eq!(read, Err(ColumnarError::Broken("number")), "{wrong:?}");
        }
        let eleven = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 2];
        assert!(Cursor::new(&eleven, "number").number().is_err(), "65 bits");
        assert_eq!(
            Cursor::new(&[1, 2], "x").end(),
            Err(ColumnarError::Broken("x"))
        );
    }
}
