// What ical.js, strict, reads in each calendar file: node icaljs.mjs <package.json of the checkers> <file>...
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [checkers, ...files] = process.argv.slice(2);
const { default: ICAL } = await import(pathToFileURL(createRequire(checkers).resolve("ical.js")));
ICAL.design.strict = true;

const read = (file) => {
  const calendar = new ICAL.Component(ICAL.parse(readFileSync(file, "utf8")));
  ICAL.TimezoneService.reset();
  for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
  return calendar.getAllSubcomponents("vevent").map((part) => {
    const event = new ICAL.Event(part, { strictExceptions: true });
    return { uid: event.uid, sequence: event.sequence, from: event.startDate.toJSDate(), until: event.endDate.toJSDate() };
  });
};
console.log(JSON.stringify(files.map(read)));
