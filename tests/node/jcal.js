// Reads [{jcal, ics}] and answers, for each, what ical.js writes of the events of both.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

function events(jcal) {
  const found = new ICAL.Component(jcal).getAllSubcomponents("vevent");
  return found.map((event) => event.toString());
}

function answer({ jcal, ics }) {
  // There and back: what a type needs to be written is not lost on the way.
  const text = new ICAL.Component(jcal).toString();
  return [events(ICAL.parse(text)), events(ICAL.parse(ics))];
}

const cases = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(cases.map(answer)));
