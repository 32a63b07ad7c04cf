// Reads calendars and answers, for each VEVENT, its properties as ical.js reads them:
// [name, parameters, values]. A date is "2021-07-06", a time "2021-07-06T09:30:00" with
// its seconds since 1970 in the zone of the calendar's own VTIMEZONE; a list is values.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

function read(value) {
  if (value instanceof ICAL.Time) {
    return value.isDate ? value.toString() : [value.toString(), value.toUnixTime()];
  }
  return value instanceof ICAL.Recur ? value.toString() : value;
}

function property(one) {
  const values = one.isMultiValue ? one.getValues() : [one.getFirstValue()];
  return [one.name, one.jCal[1], one.type, values.map(read)];
}

function answer(text) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  return calendar
    .getAllSubcomponents("vevent")
    .map((event) => event.getAllProperties().map(property));
}

const cases = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(cases.map(answer)));
