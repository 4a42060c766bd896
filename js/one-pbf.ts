// In place of the second copy of pbf that MapLibre's writer of tiles brings along: the first one
// writes the same, in one class. (The path is read from where that copy lies.)
import Pbf from "../../../../pbf/index.js";

export { Pbf as PbfWriter };
