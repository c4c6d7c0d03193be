// Scripts of HR's desk inside the Wagtail admin. Modules as in portal.js: a file with `start(scope)`, named below.

const MODULES = [];

for (const start of MODULES) start(document);
