// Says what a search engine would miss in a page's JobPosting: node jobposting.mjs <package.json of the checkers> <page>
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [checkers, page] = process.argv.slice(2);
const find = createRequire(checkers);
const load = async (name) => {
  const loaded = await import(pathToFileURL(find.resolve(name)));
  return loaded.Validator ?? loaded.default?.Validator ?? loaded.default;
};
const Validator = await load("@adobe/structured-data-validator");
const Extractor = await load("@marbec/web-auto-extractor");
const data = new Extractor({ addLocation: true, embedSource: ["rdfa", "microdata"] }).parse(readFileSync(page, "utf8"));
// The validator reads one place only: a posting with several is checked once for each.
if (data.jsonld?.JobPosting) {
  data.jsonld.JobPosting = data.jsonld.JobPosting.flatMap((job) => [job.jobLocation].flat().map((place) => ({ ...job, jobLocation: place })));
}
const faults = (await new Validator().validate(data)).filter((fault) => fault.severity === "ERROR");
console.log(JSON.stringify({ types: Object.keys(data.jsonld ?? {}), faults: faults.map((fault) => fault.issueMessage) }));
