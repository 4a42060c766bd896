// An esbuild plugin: builds MapLibre without what js/leave-out.mjs names.
import { existsSync, readFileSync } from "node:fs";
import { relative, resolve } from "node:path";

const PACKAGES = resolve("node_modules");

/** A module's name in the lists: its path below node_modules. */
const named = (path) => relative(PACKAGES, path).replaceAll("\\", "/");

/** The values that a TypeScript module exports, by name. One that is overlooked ends the build. */
function exportsOf(source) {
  const declared = [...source.matchAll(/^export (?:abstract |async )?(?:function|class|const|let) (\w+)/gm)].map(([, name]) => name);
  const listed = [...source.matchAll(/^export \{([^}]*)\}/gm)].flatMap(([, names]) => names.split(","));
  const values = listed.map((name) => name.trim()).filter((name) => name && !name.startsWith("type "));
  return { names: [...new Set([...declared, ...values])], byDefault: /^export default /m.test(source) };
}

/** A module with the same exports and nothing behind them. */
function hollow(path) {
  // Ends the compiling of a shader, and is quoted in the error.
  if (path.endsWith(".glsl.g.ts")) return `export default "\\n#error left out: js/leave-out.mjs\\n";`;
  const source = readFileSync(path, "utf8");
  // A number that others reckon with cannot be hollow: it would be no error, only wrong.
  const [, constant] = /^export const (\w+)(?:: number)? = -?[\d.]/m.exec(source) ?? [];
  if (constant) throw new Error(`${named(path)} cannot be left out: others reckon with its ${constant}`);
  const { names, byDefault } = exportsOf(source);
  const lines = names.map((name) => `export { ${/^is[A-Z]/.test(name) ? "no" : "absent"} as ${name} };`);
  if (byDefault) lines.push("export default absent;");
  return `import { absent, no } from "mendmap:left-out";\n${lines.join("\n")}`;
}

const LEFT_OUT = `
export function absent() { throw new Error("left out of this build of MapLibre: js/leave-out.mjs"); }
export const no = () => false;`;

/**
 * `modules`: names of those that become hollow; `replace`: name → our own module; `json`: name →
 * what to make of that file. Every one of them must be there and be asked for.
 */
export function leaveOut({ modules, replace = {}, json = {} }) {
  const all = [...modules, ...Object.keys(replace), ...Object.keys(json)];
  return {
    name: "leave-out",
    setup(build) {
      const unseen = new Set(all);
      build.onStart(() => {
        const gone = all.filter((name) => !existsSync(resolve(PACKAGES, name)));
        return { errors: gone.map((name) => ({ text: `${name} is no longer there; js/leave-out.mjs names it` })) };
      });
      build.onEnd(() => ({
        errors: [...unseen].map((name) => ({ text: `nothing asks for ${name} any more; js/leave-out.mjs names it` })),
      }));
      build.onResolve({ filter: /^mendmap:left-out$/ }, () => ({ path: "left-out", namespace: "mendmap" }));
      build.onLoad({ filter: /.*/, namespace: "mendmap" }, () => ({ contents: LEFT_OUT }));
      build.onLoad({ filter: /node_modules/ }, ({ path }) => {
        const name = named(path);
        unseen.delete(name);
        if (modules.includes(name)) return { contents: hollow(path) };
        if (name in replace) return { contents: readFileSync(replace[name], "utf8"), loader: "ts" };
        if (name in json) return { contents: JSON.stringify(json[name](JSON.parse(readFileSync(path, "utf8")))), loader: "json" };
        return null;
      });
      // A namespace passed on by a third module is kept whole; taken from where it is made, only
      // the functions in use are.
      build.onLoad({ filter: /maplibre-gl[\\/]src[\\/].*\.ts$/ }, ({ path }) => ({
        contents: readFileSync(path, "utf8").replace(/^import \{([^}]*)\} from 'gl-matrix';$/gm, (_, names) =>
          names
            .split(",")
            .map((name) => name.trim())
            .filter((name) => name && !name.startsWith("type "))
            .map((name) => `import * as ${name} from "gl-matrix/esm/${name}.js";`)
            .join(" "),
        ),
        loader: "ts",
      }));
    },
  };
}
