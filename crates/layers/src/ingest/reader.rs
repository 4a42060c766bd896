//! Walks a GeoJSON file and hands over its features one by one.
//!
//! This is the seam of the reader: what reads a file in chunks, or another
//! format, calls the same sink with the same [`RawFeature`]s.

use super::FileError;
use super::crs::Crs;
use super::geometry::{self, Stop};
use super::plain;
use super::problem::Problem;
use super::properties::{self, Properties};
use super::scan::{Broken, Scanner, excerpt, json_type};
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

/// Takes features in the order of the file.
pub(super) trait Sink<'a> {
    /// A feature that can be used: its geometry, and what was mended in it.
    fn feature(&mut self, feature: RawFeature<'a>, geometry: &Draft, mended: &mut Vec<Problem>);
    /// A feature that cannot.
    fn refused(&mut self, feature: RawFeature<'a>, why: Problem);
    /// As far as can be told there will be so many times as many features as there were.
    fn expect(&mut self, _times: f64) {}
}

/// So many features are read between two pauses: a millisecond or two, for a tap asks twice.
const STRIDE: usize = 250;
/// After so many features it is told how many there will be.
const TELLS: usize = 4 * STRIDE;
/// So much more than their share of the bytes says: room is better left over than made again.
const MARGIN: f64 = 1.02;

/// Reads a whole text. On an error in the syntax the features before it have
/// been handed over and count; on any other none of them does. `pause` is
/// awaited now and then, with how many features have been read.
pub(super) async fn read<'a>(
    text: &'a str,
    fields: &Fields,
    sink: &mut impl Sink<'a>,
    pause: &mut impl AsyncFnMut(usize),
) -> Result<(), FileError> {
    Reader::new(fields).read(text, sink, pause).await
}

/// The same without a pause; `is_quick`: whether plain features are read as such.
#[cfg(test)]
pub(super) fn read_at_once<'a>(
    text: &'a str,
    fields: &Fields,
    sink: &mut impl Sink<'a>,
    is_quick: bool,
) -> Result<(), FileError> {
    let mut reader = Reader::new(fields);
    reader.is_quick = is_quick;
    crate::at_once(reader.read(text, sink, &mut async |_| {}))
}

/// The syntax breaks: at the end of the text it is cut off, elsewhere broken.
fn not_json(text: &str, Broken { at }: Broken) -> FileError {
    match text.get(at..) {
        None | Some("") => FileError::Truncated { at: text.len() },
        Some(rest) => FileError::NotJson {
            at,
            found: excerpt(rest.lines().next().unwrap_or("")),
        },
    }
}

/// What the outermost object says of itself.
struct Head<'a> {
    kind: &'a str,
    /// First byte of `features`, where there are any.
    features: Option<u8>,
    crs: Crs,
}

struct Reader<'f> {
    fields: &'f Fields,
    /// Of the properties that mean something to us.
    names: [&'f str; 6],
    draft: Draft,
    problems: Vec<Problem>,
    /// Whether plain features are read as such.
    #[cfg(test)]
    is_quick: bool,
}

impl<'f> Reader<'f> {
    fn new(fields: &'f Fields) -> Self {
        Reader {
            fields,
            names: properties::names(fields),
            draft: Draft::default(),
            problems: Vec::new(),
            #[cfg(test)]
            is_quick: true,
        }
    }

    async fn read<'a>(
        &mut self,
        text: &'a str,
        sink: &mut impl Sink<'a>,
        pause: &mut impl AsyncFnMut(usize),
    ) -> Result<(), FileError> {
        let mark = text.len() - text.trim_start_matches('\u{feff}').len();
        let mut s = Scanner::new(text, mark);
        match s.peek() {
            None => return Err(FileError::Empty),
            Some(b'<') => return Err(FileError::Html),
            Some(b'{') => {}
            first => {
                return Err(match json_type(first) {
                    "unknown" => not_json(text, Broken { at: s.at() }),
                    found => FileError::NotGeoJson {
                        found: found.into(),
                    },
                });
            }
        }
        self.document(&mut s, sink, pause).await?;
        match s.peek() {
            None => Ok(()),
            Some(_) => Err(not_json(text, Broken { at: s.at() })),
        }
    }

    /// Reads the object that the whole text is.
    async fn document<'a>(
        &mut self,
        s: &mut Scanner<'a>,
        sink: &mut impl Sink<'a>,
        pause: &mut impl AsyncFnMut(usize),
    ) -> Result<(), FileError> {
        let start = s.at();
        let mut head = Head {
            kind: "object",
            features: None,
            crs: Crs::Wgs84,
        };
        let walked = self.members(s, sink, pause, &mut head).await;
        let Head {
            kind,
            features,
            crs,
        } = head;
        if let Crs::Unknown(name) = crs {
            return Err(FileError::UnknownCrs { name });
        }
        walked.map_err(|broken| not_json(s.text(), broken))?;
        let end = s.at();
        s.go(start);
        match kind {
            "FeatureCollection" if features == Some(b'[') => {}
            "FeatureCollection" => return Err(FileError::NoFeatures),
            "Feature" => self
                .element(s, sink)
                .map_err(|broken| not_json(s.text(), broken))?,
            name if GeoType::named(name).is_some() || name == "GeometryCollection" => {
                let read = self
                    .geometry(s)
                    .map_err(|broken| not_json(s.text(), broken))?;
                self.hand_over(RawFeature::default(), read, sink);
            }
            found => {
                return Err(FileError::NotGeoJson {
                    found: excerpt(found),
                });
            }
        }
        s.go(end);
        Ok(())
    }

    /// Reads the members of the object that the whole text is.
    async fn members<'a>(
        &mut self,
        s: &mut Scanner<'a>,
        sink: &mut impl Sink<'a>,
        pause: &mut impl AsyncFnMut(usize),
        head: &mut Head<'a>,
    ) -> Result<(), Broken> {
        s.expect(b'{')?;
        let mut more = !s.eat(b'}');
        while more {
            match &*s.key()? {
                "type" => head.kind = type_name(s)?,
                "crs" => head.crs = Crs::read(s.value()?),
                "features" => {
                    head.features = s.peek();
                    if head.features == Some(b'[') {
                        self.elements(s, sink, pause).await?;
                    } else {
                        s.value()?;
                    }
                }
                _ => {
                    s.value()?;
                }
            }
            more = s.more(b'}')?;
        }
        Ok(())
    }

    /// Reads the array `features`.
    async fn elements<'a>(
        &mut self,
        s: &mut Scanner<'a>,
        sink: &mut impl Sink<'a>,
        pause: &mut impl AsyncFnMut(usize),
    ) -> Result<(), Broken> {
        s.expect(b'[')?;
        let mut more = !s.eat(b']');
        let mut read = 0;
        while more {
            // What begins here and does not end is lost, and counted.
            let begins = matches!(s.peek(), Some(first) if first != b']');
            if let Err(broken) = self.element(s, sink) {
                if begins {
                    sink.refused(RawFeature::default(), Problem::CutOff);
                }
                return Err(broken);
            }
            read += 1;
            if read == TELLS {
                let times = s.text().len() as f64 / s.at().max(1) as f64;
                sink.expect(times * MARGIN);
            }
            if read % STRIDE == 0 {
                pause(read).await;
            }
            more = s.more(b']')?;
        }
        Ok(())
    }

    /// Reads an element of `features`, which is a plain feature nearly always.
    fn element<'a>(&mut self, s: &mut Scanner<'a>, sink: &mut impl Sink<'a>) -> Result<(), Broken> {
        s.peek();
        #[cfg(test)]
        if !self.is_quick {
            return self.any_element(s, sink);
        }
        match plain::read(s, &self.names, &mut self.draft) {
            Some((feature, kind)) => {
                self.problems.clear();
                let read = geometry::finish(kind, &mut self.draft, &mut self.problems);
                self.hand_over(feature, read, sink);
                Ok(())
            }
            None => self.any_element(s, sink),
        }
    }

    /// Reads any element. Where it is broken inside its own brackets, only it is lost.
    fn any_element<'a>(
        &mut self,
        s: &mut Scanner<'a>,
        sink: &mut impl Sink<'a>,
    ) -> Result<(), Broken> {
        let first = s.peek();
        let start = s.at();
        if first != Some(b'{') {
            s.value()?;
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
                "properties" => feature.properties = properties::read(s, self.fields)?,
                "geometry" => geometry = self.geometry(s)?,
                _ => {
                    s.value()?;
                }
            }
            Ok(())
        });
        match walked {
            Ok(()) if kind == "Feature" => self.hand_over(feature, geometry, sink),
            Ok(()) => {
                let found = excerpt(kind);
                sink.refused(feature, Problem::NotAFeature { found });
            }
            Err(Broken { at }) => {
                s.go(start);
                s.value()?;
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
        feature: RawFeature<'a>,
        geometry: Result<(), Problem>,
        sink: &mut impl Sink<'a>,
    ) {
        match geometry {
            Ok(()) => sink.feature(feature, &self.draft, &mut self.problems),
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
