//! A position in a text of JSON.

/// Says nothing more than that this is not plain.
pub(super) struct NotPlain;

pub(super) type Plain<T> = Result<T, NotPlain>;

/// Walks over bytes. Everything that it cannot pass is [`NotPlain`].
pub(super) struct Walk<'a> {
    text: &'a str,
    pub(super) bytes: &'a [u8],
    pub(super) at: usize,
}

impl<'a> Walk<'a> {
    /// From a byte of the text on.
    pub(super) fn new(text: &'a str, at: usize) -> Self {
        let bytes = text.as_bytes();
        Walk { text, bytes, at }
    }

    #[inline(always)]
    pub(super) fn byte(&self) -> Plain<u8> {
        self.bytes.get(self.at).copied().ok_or(NotPlain)
    }

    /// The next byte that is not blank, without passing it.
    #[inline(always)]
    pub(super) fn peek(&mut self) -> Plain<u8> {
        loop {
            let byte = self.byte()?;
            if byte > b' ' || !matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
                return Ok(byte);
            }
            self.at += 1;
        }
    }

    #[inline(always)]
    pub(super) fn expect(&mut self, byte: u8) -> Plain<()> {
        if self.peek()? != byte {
            return Err(NotPlain);
        }
        self.at += 1;
        Ok(())
    }

    /// After a member or an element: whether another follows.
    #[inline(always)]
    pub(super) fn more(&mut self, close: u8) -> Plain<bool> {
        let byte = self.peek()?;
        self.at += 1;
        match byte {
            b',' => Ok(true),
            _ if byte == close => Ok(false),
            _ => Err(NotPlain),
        }
    }

    #[inline(always)]
    pub(super) fn since(&self, start: usize) -> &'a [u8] {
        self.bytes.get(start..self.at).unwrap_or(&[])
    }

    /// The text from there on, which begins and ends at characters of ASCII.
    #[inline(always)]
    pub(super) fn text_since(&self, start: usize) -> Plain<&'a str> {
        self.text.get(start..self.at).ok_or(NotPlain)
    }

    /// Passes a key and its colon. A key with escapes is not plain: who knows what it means.
    #[inline(always)]
    pub(super) fn key(&mut self) -> Plain<&'a [u8]> {
        self.expect(b'"')?;
        let start = self.at;
        if self.find_quote()? == b'\\' {
            return Err(NotPlain);
        }
        let key = self.since(start);
        self.at += 1;
        self.expect(b':')?;
        Ok(key)
    }

    /// Passes a string, whose first quote comes next.
    #[inline(always)]
    pub(super) fn string(&mut self) -> Plain<()> {
        self.at += 1;
        while self.find_quote()? == b'\\' {
            self.at += 2;
        }
        self.at += 1;
        Ok(())
    }

    /// Goes on to the next quote or backslash, and gives it.
    #[inline(always)]
    fn find_quote(&mut self) -> Plain<u8> {
        const EACH: u64 = 0x0101_0101_0101_0101;
        const HIGH: u64 = EACH << 7;
        let zero = |word: u64| word.wrapping_sub(EACH) & !word & HIGH;
        // Eight bytes at once: of those that are found the first one is right.
        while let Some(eight) = self.bytes.get(self.at..self.at + 8) {
            let mut word = [0; 8];
            word.copy_from_slice(eight);
            let word = u64::from_le_bytes(word);
            let found = zero(word ^ (EACH * b'"' as u64)) | zero(word ^ (EACH * b'\\' as u64));
            if found != 0 {
                self.at += (found.trailing_zeros() / 8) as usize;
                return self.byte();
            }
            self.at += 8;
        }
        loop {
            match self.byte()? {
                byte @ (b'"' | b'\\') => return Ok(byte),
                _ => self.at += 1,
            }
        }
    }

    /// Passes any value. Of what is nested only strings and brackets are looked at.
    #[inline(always)]
    pub(super) fn value(&mut self) -> Plain<()> {
        match self.peek()? {
            b'"' => self.string(),
            b'{' | b'[' => self.nested(),
            _ => {
                let start = self.at;
                while !ends_scalar(self.byte()?) {
                    self.at += 1;
                }
                if self.at == start {
                    Err(NotPlain)
                } else {
                    Ok(())
                }
            }
        }
    }

    /// Passes brackets and all that is in them, down to 64 within each other.
    #[inline(never)]
    fn nested(&mut self) -> Plain<()> {
        // A bit for each that is open: 1 for a brace.
        let (mut open, mut depth) = (0_u64, 0_u32);
        loop {
            let byte = self.byte()?;
            match byte {
                b'"' => {
                    self.string()?;
                    continue;
                }
                b'{' | b'[' => {
                    if depth == 64 {
                        return Err(NotPlain);
                    }
                    open = open << 1 | u64::from(byte == b'{');
                    depth += 1;
                }
                b'}' | b']' => {
                    if open & 1 != u64::from(byte == b'}') {
                        return Err(NotPlain);
                    }
                    open >>= 1;
                    depth -= 1;
                    if depth == 0 {
                        self.at += 1;
                        return Ok(());
                    }
                }
                _ => {}
            }
            self.at += 1;
        }
    }
}

fn ends_scalar(byte: u8) -> bool {
    matches!(
        byte,
        b',' | b']' | b'}' | b'[' | b'{' | b'"' | b':' | b' ' | b'\n' | b'\r' | b'\t'
    )
}
