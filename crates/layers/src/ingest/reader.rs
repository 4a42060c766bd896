//! Walks a GeoJSON file and hands over its features one by one.
//!
//! A [`Reader`] holds no text: it goes on where it stopped with however much of the file there is by
//! then, so that a file can be read while it comes. What is cut off at the end of what came is read
//! again once there is more of it.

use super::FileError;
use super::crs::Crs;
use super::geometry::{self, Stop};
use super::plain;
use super::problem::Problem;
use super::properties::{self, Properties};
use super::scan::{Broken, Scanner, excerpt, json_type};
use super::spelling::Spelling;
use crate::catalog::Fields;
use crate::layer::{Draft, GeoType};

/// A feature as its file has it, geometry aside.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct RawFeature<'a> {
    /// JSON text of its `id`; empty where there is none.
    pub id: &'a str,
    /// Its properties.
    pub properties: Properties<'a>,
}

/// Takes features in the order of the file, each with the text that it is in and how its properties are
/// spelled there. Of the next call the text may be another.
pub(super) trait Sink {
    /// A feature that can be used: its geometry, and what was mended in it.
    fn feature<'a>(
        &mut self,
        text: &'a str,
        feature: RawFeature<'a>,
        spelling: &Spelling,
        geometry: &Draft,
        mended: &mut Vec<Problem>,
    );
    /// A feature that cannot.
    fn refused(&mut self, feature: RawFeature<'_>, why: Problem);
    /// As far as can be told there will be so many times as many features as there were.
    fn expect(&mut self, _times: f64) {}
}

/// As much of a file as there is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Input<'a> {
    /// What is there; the next time it begins with the same.
    pub text: &'a str,
    /// How long all of it will be, in bytes, as far as is known.
    pub expected: usize,
    /// Whether nothing more comes.
    pub is_whole: bool,
}

impl Input<'_> {
    /// Whether what ends, or breaks, there may go on in what is still to come.
    fn is_cut(&self, at: usize) -> bool {
        !self.is_whole && at >= self.text.len()
    }
}

/// How far a reader has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// There is more to read of what is there.
    Further,
    /// Nothing before more of the file comes.
    Starved,
    /// The file is read to its end.
    Done,
}

/// So many features are read between two pauses: a millisecond or two, for a tap asks twice.
const STRIDE: usize = 250;
/// After so many features it is told how many there will be.
const TELLS: usize = 4 * STRIDE;
/// So much more than their share of the bytes says: room is better left over than made again.
const MARGIN: f64 = 1.02;

/// Reads a whole text; `is_quick`: whether plain features are read as such.
#[cfg(test)]
pub(super) fn read_at_once(
    text: &str,
    fields: &Fields,
    sink: &mut impl Sink,
    is_quick: bool,
) -> Result<(), FileError> {
    let mut reader = Reader::new(fields);
    reader.is_quick = is_quick;
    let input = Input {
        text,
        expected: text.len(),
        is_whole: true,
    };
    while reader.some(input, sink)? == Step::Further {}
    Ok(())
}

/// The syntax breaks: at the end of the text it is cut off, elsewhere broken. `passed` is how much of the
/// file is not in the text any more.
fn not_json(text: &str, Broken { at }: Broken, passed: usize) -> FileError {
    match text.get(at..) {
        None | Some("") => FileError::Truncated {
            at: passed + text.len(),
        },
        Some(rest) => FileError::NotJson {
            at: passed + at,
            found: excerpt(rest.lines().next().unwrap_or("")),
        },
    }
}

/// What the outermost object says of itself.
#[derive(Debug)]
struct Head {
    kind: String,
    /// First byte of `features`, where there are any.
    features: Option<u8>,
    crs: Crs,
}

/// What comes next in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    /// The outermost object.
    Document,
    /// Its first member, if it has one.
    FirstMember,
    Member,
    BehindMember,
    /// The first element of `features`, if there is one.
    FirstElement,
    Element,
    BehindElement,
    /// Nothing.
    End,
}

/// Reads a file, in however many pieces it comes.
#[derive(Debug)]
pub(super) struct Reader<'f> {
    fields: &'f Fields,
    /// Of the properties that mean something to us.
    names: [&'f str; 6],
    draft: Draft,
    spelling: Spelling,
    problems: Vec<Problem>,
    head: Head,
    /// How much of the file is not in the text any more, in bytes; all other places are in the text.
    passed: usize,
    /// Where the outermost object begins.
    start: usize,
    /// What comes next, and where.
    next: Next,
    at: usize,
    /// How many elements were read.
    read: usize,
    /// How long the text must be before it is looked at again: what is cut off is read anew, so
    /// there should be twice as much of it.
    worth: usize,
    /// Whether plain features are read as such.
    #[cfg(test)]
    is_quick: bool,
}

impl<'f> Reader<'f> {
    /// At the beginning of a file.
    pub(super) fn new(fields: &'f Fields) -> Self {
        Reader {
            fields,
            names: properties::names(fields),
            draft: Draft::default(),
            spelling: Spelling::default(),
            problems: Vec::new(),
            head: Head {
                kind: "object".to_owned(),
                features: None,
                crs: Crs::Wgs84,
            },
            passed: 0,
            start: 0,
            next: Next::Document,
            at: 0,
            read: 0,
            worth: 0,
            #[cfg(test)]
            is_quick: true,
        }
    }

    /// How many features were read.
    pub(super) fn read(&self) -> usize {
        self.read
    }

    /// How much of the beginning of the text is not needed any more, in bytes. Whoever asks leaves it
    /// out from now on.
    pub(super) fn passes(&mut self) -> usize {
        // What is no collection is read when its end is known.
        if self.head.features != Some(b'[') {
            return 0;
        }
        let more = std::mem::take(&mut self.at);
        self.passed += more;
        self.worth = self.worth.saturating_sub(more);
        more
    }

    /// Whether the text begins later than the file.
    pub(super) fn has_passed(&self) -> bool {
        self.passed > 0
    }

    /// Whether the file says of itself what is read while it comes.
    pub(super) fn is_collection(&self) -> bool {
        self.head.kind == "FeatureCollection"
    }

    /// Reads some features more. On an error in the syntax of the whole the features before it have
    /// been handed over and count; on any other none of them does.
    pub(super) fn some(
        &mut self,
        input: Input<'_>,
        sink: &mut impl Sink,
    ) -> Result<Step, FileError> {
        if !input.is_whole && input.text.len() < self.worth {
            return Ok(Step::Starved);
        }
        let mut s = Scanner::new(input.text, self.at);
        for _ in 0..STRIDE {
            if self.next == Next::End {
                return match input.is_whole {
                    true => self.end(&mut s, sink).map(|()| Step::Done),
                    false => Ok(Step::Starved),
                };
            }
            if self.next == Next::Document {
                s.go(input.text.len() - input.text.trim_start_matches('\u{feff}').len());
                match s.peek() {
                    Some(b'{') => self.start = s.at(),
                    None if !input.is_whole => return Ok(Step::Starved),
                    first => return Err(no_object(&s, first)),
                }
            }
            match self.one(&mut s, input, sink) {
                Ok(next) => {
                    self.next = next;
                    self.at = s.at();
                }
                Err(Broken { at }) if input.is_cut(at) => {
                    self.worth = 2 * input.text.len() - self.at + 1;
                    return Ok(Step::Starved);
                }
                Err(broken) => {
                    return Err(match &mut self.head.crs {
                        Crs::Unknown(name) => FileError::UnknownCrs {
                            name: std::mem::take(name),
                        },
                        Crs::Wgs84 => not_json(input.text, broken, self.passed),
                    });
                }
            }
        }
        Ok(Step::Further)
    }

    /// Passes what comes next, and says what comes behind it. What is cut off changes nothing.
    #[inline]
    fn one(
        &mut self,
        s: &mut Scanner<'_>,
        input: Input<'_>,
        sink: &mut impl Sink,
    ) -> Result<Next, Broken> {
        match self.next {
            // With the comma or the bracket behind it, which is one turn less for nearly all features.
            Next::Element => {
                self.feature(s, input, sink)?;
                self.next = Next::BehindElement;
                self.at = s.at();
                behind_element(s)
            }
            Next::BehindElement => behind_element(s),
            Next::FirstElement if s.eat(b']') => Ok(Next::BehindMember),
            Next::FirstElement => Ok(Next::Element),
            Next::Document => {
                s.expect(b'{')?;
                Ok(Next::FirstMember)
            }
            Next::FirstMember if s.eat(b'}') => Ok(Next::End),
            Next::FirstMember => Ok(Next::Member),
            Next::Member => {
                let next = self.member(s)?;
                check_end(s, input)?;
                Ok(next)
            }
            Next::BehindMember => Ok(match s.more(b'}')? {
                true => Next::Member,
                false => Next::End,
            }),
            Next::End => Ok(Next::End),
        }
    }

    /// Reads a member of the object that the whole text is; of `features` only how it begins.
    fn member(&mut self, s: &mut Scanner<'_>) -> Result<Next, Broken> {
        match &*s.key()? {
            "type" => self.head.kind = type_name(s)?.to_owned(),
            "crs" => self.head.crs = Crs::read(s.value()?),
            "features" => {
                self.head.features = s.peek();
                if s.eat(b'[') {
                    return Ok(Next::FirstElement);
                }
                s.value()?;
            }
            _ => {
                s.value()?;
            }
        }
        Ok(Next::BehindMember)
    }

    /// Reads an element of `features`.
    fn feature(
        &mut self,
        s: &mut Scanner<'_>,
        input: Input<'_>,
        sink: &mut impl Sink,
    ) -> Result<(), Broken> {
        // What begins here and does not end is lost, and counted.
        let begins = matches!(s.peek(), Some(first) if first != b']');
        if let Err(broken) = self.element(s, input, sink) {
            if begins && !input.is_cut(broken.at) {
                sink.refused(RawFeature::default(), Problem::CutOff);
            }
            return Err(broken);
        }
        self.read += 1;
        if self.read == TELLS {
            let read = (self.passed + s.at()).max(1);
            let times = input.expected.max(read) as f64 / read as f64;
            sink.expect(times * MARGIN);
        }
        Ok(())
    }

    /// Looks at the object that the whole text was, and at what is behind it.
    fn end(&mut self, s: &mut Scanner<'_>, sink: &mut impl Sink) -> Result<(), FileError> {
        if let Crs::Unknown(name) = &mut self.head.crs {
            return Err(FileError::UnknownCrs {
                name: std::mem::take(name),
            });
        }
        let end = s.at();
        s.go(self.start);
        let text = s.text();
        let whole = Input {
            text,
            expected: text.len(),
            is_whole: true,
        };
        match &*std::mem::take(&mut self.head.kind) {
            "FeatureCollection" if self.head.features == Some(b'[') => {}
            "FeatureCollection" => return Err(FileError::NoFeatures),
            // It says so behind its features, which are not there any more: it has to be read again.
            _ if self.has_passed() => return Err(FileError::NoFeatures),
            "Feature" => self
                .element(s, whole, sink)
                .map_err(|broken| not_json(text, broken, 0))?,
            name if GeoType::named(name).is_some() || name == "GeometryCollection" => {
                self.spelling.none();
                let read = self
                    .geometry(s)
                    .map_err(|broken| not_json(text, broken, 0))?;
                self.hand_over(text, RawFeature::default(), read, sink);
            }
            found => {
                return Err(FileError::NotGeoJson {
                    found: excerpt(found),
                });
            }
        }
        s.go(end);
        match s.peek() {
            None => Ok(()),
            Some(_) => Err(not_json(text, Broken { at: s.at() }, self.passed)),
        }
    }

    /// Reads an element of `features`, which is a plain feature nearly always.
    fn element(
        &mut self,
        s: &mut Scanner<'_>,
        input: Input<'_>,
        sink: &mut impl Sink,
    ) -> Result<(), Broken> {
        s.peek();
        self.spelling.none();
        #[cfg(test)]
        if !self.is_quick {
            return self.any_element(s, input, sink);
        }
        match plain::read(s, &self.names, &mut self.draft, &mut self.spelling) {
            Some((feature, kind)) => {
                self.problems.clear();
                let read = geometry::finish(kind, &mut self.draft, &mut self.problems);
                self.hand_over(s.text(), feature, read, sink);
                Ok(())
            }
            None => {
                self.spelling.none();
                self.any_element(s, input, sink)
            }
        }
    }

    /// Reads any element. Where it is broken inside its own brackets, only it is lost.
    fn any_element(
        &mut self,
        s: &mut Scanner<'_>,
        input: Input<'_>,
        sink: &mut impl Sink,
    ) -> Result<(), Broken> {
        let first = s.peek();
        let start = s.at();
        if first != Some(b'{') {
            s.value()?;
            check_end(s, input)?;
            let found = json_type(first).to_owned();
            sink.refused(RawFeature::default(), Problem::NotAFeature { found });
            return Ok(());
        }
        let mut feature = RawFeature::default();
        let mut kind = "object";
        let mut geometry = Err(Problem::NoGeometry);
        let walked = s.object::<Broken>(|s, key| {
            match &*key {
                "type" => kind = type_name(s)?,
                "id" => feature.id = s.value()?,
                "properties" => {
                    feature.properties = properties::read(s, self.fields, &mut self.spelling)?
                }
                "geometry" => geometry = self.geometry(s)?,
                _ => {
                    s.value()?;
                }
            }
            Ok(())
        });
        match walked {
            Ok(()) if kind == "Feature" => self.hand_over(s.text(), feature, geometry, sink),
            Ok(()) => {
                let found = excerpt(kind);
                sink.refused(feature, Problem::NotAFeature { found });
            }
            Err(Broken { at }) => {
                s.go(start);
                s.value()?;
                let at = self.passed + at;
                sink.refused(feature, Problem::BadJson { at });
            }
        }
        Ok(())
    }

    /// Reads a geometry into the draft.
    fn geometry(&mut self, s: &mut Scanner) -> Result<Result<(), Problem>, Broken> {
        self.problems.clear();
        match geometry::read(s, &mut self.draft, &mut self.problems) {
            Ok(()) => Ok(Ok(())),
            Err(Stop::Refused(problem)) => Ok(Err(problem)),
            Err(Stop::Broken(broken)) => Err(broken),
        }
    }

    fn hand_over<'a>(
        &mut self,
        text: &'a str,
        feature: RawFeature<'a>,
        geometry: Result<(), Problem>,
        sink: &mut impl Sink,
    ) {
        match geometry {
            Ok(()) => sink.feature(
                text,
                feature,
                &self.spelling,
                &self.draft,
                &mut self.problems,
            ),
            Err(problem) => sink.refused(feature, problem),
        }
    }
}

/// A `type`, or the JSON type of what stands in its place.
fn type_name<'a>(s: &mut Scanner<'a>) -> Result<&'a str, Broken> {
    match s.peek() {
        Some(b'"') => s.string(),
        first => s.value().map(|_| json_type(first)),
    }
}

/// Passes what is behind an element of `features`.
fn behind_element(s: &mut Scanner<'_>) -> Result<Next, Broken> {
    Ok(match s.more(b']')? {
        true => Next::Element,
        false => Next::BehindMember,
    })
}

/// A number or a word that ends where what came ends may go on.
fn check_end(s: &Scanner<'_>, input: Input<'_>) -> Result<(), Broken> {
    match input.is_cut(s.at()) {
        true => Err(Broken { at: s.at() }),
        false => Ok(()),
    }
}

/// Why a text that begins so is not read.
fn no_object(s: &Scanner<'_>, first: Option<u8>) -> FileError {
    match first {
        None => FileError::Empty,
        Some(b'<') => FileError::Html,
        _ => match json_type(first) {
            "unknown" => not_json(s.text(), Broken { at: s.at() }, 0),
            found => FileError::NotGeoJson {
                found: found.into(),
            },
        },
    }
}
