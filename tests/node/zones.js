// Reads [{component, locals, instants}] and answers what ical.js makes of each zone:
// the offset of each wall-clock time and of each instant, in seconds. Wall-clock times
// are seconds since 1970 as if they were in UTC.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const utc = (seconds) =>
  ICAL.Time.fromJSDate(new Date(seconds * 1000), true);

function inZone(seconds, zone) {
  const time = utc(seconds);
  time.zone = zone;
  return time;
}

function answer({ component, locals, instants }) {
  const zone = new ICAL.Timezone({ component });
  return {
    locals: locals.map((at) => at - inZone(at, zone).toUnixTime()),
    instants: instants.map((at) => utc(at).convertToZone(zone).utcOffset()),
  };
}

const cases = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(cases.map(answer)));
