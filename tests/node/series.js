// Reads [{calendar, high}] and answers what ical.js shows of each calendar before
// `high`: pairs of start and end, dates as text and other times as seconds since 1970;
// or the sentence with which it refuses. Changed instances are asked for as FullCalendar
// does it: those that the rule never comes to are there as well.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const shown = (time) => (time.isDate ? time.toString() : time.toUnixTime());
const pair = ({ startDate, endDate }) => [shown(startDate), shown(endDate)];

function instances(master, high) {
  const found = [];
  const waiting = new Set(Object.values(master.exceptions));
  const series = master.iterator();
  for (let next = series.next(); next; next = series.next()) {
    if (next.toUnixTime() >= high) break;
    const details = master.getOccurrenceDetails(next);
    waiting.delete(details.item);
    found.push(pair(details));
  }
  return [...found, ...[...waiting].map(pair)];
}

function answer({ calendar, high }) {
  const root = new ICAL.Component(ICAL.parse(calendar));
  ICAL.TimezoneService.reset();
  for (const zone of root.getAllSubcomponents("vtimezone")) {
    ICAL.TimezoneService.register(zone);
  }
  const events = root.getAllSubcomponents("vevent").map((one) => new ICAL.Event(one));
  const masters = events.filter((one) => !one.isRecurrenceException());
  try {
    return masters.flatMap((one) => instances(one, high));
  } catch (error) {
    return error.message;
  }
}

const cases = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(cases.map(answer)));
