//! The grammar of msgpack: bytes become heads, each with its text or with the number of values that follow it.

use rmp::Marker;

use crate::framework::number::Number;

use super::error::Fault;

/// What one msgpack value begins with. Texts, binaries and extensions are whole; the elements of an array and the keys
/// and values of a map are heads that follow.
#[derive(Debug)]
pub(super) enum Head<'a> {
    Nil,
    Bool(bool),
    Number(Number),
    Text(&'a [u8]),
    Binary(&'a [u8]),
    /// How many elements the sender claims.
    Array(usize),
    /// How many pairs the sender claims.
    Map(usize),
    /// An application's own type: its code and content.
    Extension(i8, &'a [u8]),
}

/// Reads heads from the front of some bytes, and never more bytes than there are.
pub(super) struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// Whether every byte was read.
    pub(super) fn is_at_end(&self) -> bool {
        self.rest.is_empty()
    }

    pub(super) fn head(&mut self) -> Result<Head<'a>, Fault> {
        Ok(match Marker::from_u8(u8::from_be_bytes(self.array()?)) {
            Marker::Null => Head::Nil,
            Marker::True => Head::Bool(true),
            Marker::False => Head::Bool(false),
            Marker::FixPos(number) => unsigned(number),
            Marker::U8 => unsigned(u8::from_be_bytes(self.array()?)),
            Marker::U16 => unsigned(u16::from_be_bytes(self.array()?)),
            Marker::U32 => unsigned(u32::from_be_bytes(self.array()?)),
            Marker::U64 => unsigned(u64::from_be_bytes(self.array()?)),
            Marker::FixNeg(number) => signed(number),
            Marker::I8 => signed(i8::from_be_bytes(self.array()?)),
            Marker::I16 => signed(i16::from_be_bytes(self.array()?)),
            Marker::I32 => signed(i32::from_be_bytes(self.array()?)),
            Marker::I64 => signed(i64::from_be_bytes(self.array()?)),
            Marker::F32 => float(f32::from_be_bytes(self.array()?).into())?,
            Marker::F64 => float(f64::from_be_bytes(self.array()?))?,
            Marker::FixStr(length) => Head::Text(self.take(length.into())?),
            Marker::Str8 => Head::Text(self.sized::<1>()?),
            Marker::Str16 => Head::Text(self.sized::<2>()?),
            Marker::Str32 => Head::Text(self.sized::<4>()?),
            Marker::Bin8 => Head::Binary(self.sized::<1>()?),
            Marker::Bin16 => Head::Binary(self.sized::<2>()?),
            Marker::Bin32 => Head::Binary(self.sized::<4>()?),
            Marker::FixArray(length) => Head::Array(length.into()),
            Marker::Array16 => Head::Array(self.length::<2>()?),
            Marker::Array32 => Head::Array(self.length::<4>()?),
            Marker::FixMap(length) => Head::Map(length.into()),
            Marker::Map16 => Head::Map(self.length::<2>()?),
            Marker::Map32 => Head::Map(self.length::<4>()?),
            Marker::FixExt1 => self.extension(1)?,
            Marker::FixExt2 => self.extension(2)?,
            Marker::FixExt4 => self.extension(4)?,
            Marker::FixExt8 => self.extension(8)?,
            Marker::FixExt16 => self.extension(16)?,
            Marker::Ext8 => self.sized_extension::<1>()?,
            Marker::Ext16 => self.sized_extension::<2>()?,
            Marker::Ext32 => self.sized_extension::<4>()?,
            Marker::Reserved => return Err(Fault::new("the bytes are no msgpack")),
        })
    }

    fn sized_extension<const WIDTH: usize>(&mut self) -> Result<Head<'a>, Fault> {
        let length = self.length::<WIDTH>()?;
        self.extension(length)
    }

    fn extension(&mut self, length: usize) -> Result<Head<'a>, Fault> {
        let code = i8::from_be_bytes(self.array()?);
        Ok(Head::Extension(code, self.take(length)?))
    }

    fn sized<const WIDTH: usize>(&mut self) -> Result<&'a [u8], Fault> {
        let length = self.length::<WIDTH>()?;
        self.take(length)
    }

    /// A length of `WIDTH` bytes, at most four.
    fn length<const WIDTH: usize>(&mut self) -> Result<usize, Fault> {
        let bytes = self.array::<WIDTH>()?;
        Ok(bytes.iter().fold(0, |length, byte| length << 8 | usize::from(*byte)))
    }

    fn array<const WIDTH: usize>(&mut self) -> Result<[u8; WIDTH], Fault> {
        let (taken, rest) = self.rest.split_first_chunk().ok_or_else(cut_short)?;
        self.rest = rest;
        Ok(*taken)
    }

    fn take(&mut self, length: usize) -> Result<&'a [u8], Fault> {
        let (taken, rest) = self.rest.split_at_checked(length).ok_or_else(cut_short)?;
        self.rest = rest;
        Ok(taken)
    }
}

fn cut_short() -> Fault {
    Fault::new("the bytes are cut short")
}

fn unsigned<'a>(number: impl Into<u64>) -> Head<'a> {
    Head::Number(Number::from(number.into()))
}

fn signed<'a>(number: impl Into<i64>) -> Head<'a> {
    Head::Number(Number::from(number.into()))
}

fn float<'a>(number: f64) -> Result<Head<'a>, Fault> {
    Number::try_from(number)
        .map(Head::Number)
        .map_err(|_| Fault::new("infinite numbers are not supported"))
}
