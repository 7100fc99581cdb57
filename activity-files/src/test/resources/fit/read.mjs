// Reads a FIT file by another decoder, checksums included, and prints what the tests ask for.
import { readFileSync } from 'node:fs';
import FitParser from 'fit-file-parser';

const parser = new FitParser({ force: false, mode: 'list' });
const read = await parser.parseAsync(readFileSync(process.argv[2]));
const ms = (date) => (date === undefined ? null : new Date(date).getTime());

process.stdout.write(
  JSON.stringify({
    fileId: read.file_ids?.[0] ?? read.file_id ?? null,
    records: (read.records ?? []).map((r) => ({ ...r, timestamp: ms(r.timestamp) })),
    laps: (read.laps ?? []).map((l) => ({ ...l, timestamp: ms(l.timestamp), start_time: ms(l.start_time) })),
    sessions: (read.sessions ?? []).map((s) => ({ ...s, timestamp: ms(s.timestamp), start_time: ms(s.start_time) })),
    events: (read.events ?? []).map((e) => ({ ...e, timestamp: ms(e.timestamp) })),
    activity: read.activity ?? null,
    hrv: read.hrv ?? [],
  }),
);
