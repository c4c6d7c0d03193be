// Runs the audits of GraphQL over HTTP: node audits.mjs <package.json of the checkers> <address>
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [checkers, url] = process.argv.slice(2);
const { serverAudits } = await import(pathToFileURL(createRequire(checkers).resolve("graphql-http")));
const results = [];
for (const audit of serverAudits({ url })) results.push(await audit.fn());
const open = results.filter((result) => result.status !== "ok").map(({ id, name, reason }) => ({ id, name, reason }));
console.log(JSON.stringify({ passed: results.length - open.length, open }));
