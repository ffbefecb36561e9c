// Dates as Slack words them, in the zone of the person who reads.

export class Calendar {
  constructor(zone, now) {
    this.zone = zone || undefined;
    this.skew = now - Date.now();
    this.locale = navigator.language.startsWith('en') ? navigator.language : 'en-GB';
  }

  format(at, options) {
    return new Intl.DateTimeFormat(this.locale, { timeZone: this.zone, ...options }).format(at);
  }

  parts(at) {
    const list = new Intl.DateTimeFormat('en', {
      timeZone: this.zone, year: 'numeric', month: 'long', day: 'numeric', weekday: 'long',
    }).formatToParts(at);
    return Object.fromEntries(list.map((p) => [p.type, p.value]));
  }

  time(at) { return this.format(at, { hour: 'numeric', minute: '2-digit' }); }

  // key is the same for two instants of one day.
  key(at) { return new Intl.DateTimeFormat('sv', { timeZone: this.zone }).format(at); }

  // away is the number of days from today, counted by the calendar.
  away(at) {
    const day = (t) => Date.parse(`${this.key(t)}T00:00:00Z`) / 86400000;
    return Math.round(day(at) - day(Date.now() + this.skew));
  }

  pretty(at, otherwise) {
    return { '-1': 'yesterday', 0: 'today', 1: 'tomorrow' }[this.away(at)] ?? otherwise;
  }

  divider(at) {
    const p = this.parts(at);
    const word = { '-1': 'Yesterday', 0: 'Today' }[this.away(at)];
    const year = p.year === this.parts(Date.now() + this.skew).year ? '' : `, ${p.year}`;
    return word ?? `${p.weekday}, ${p.month} ${ordinal(p.day)}${year}`;
  }

  ago(at) {
    const seconds = (at - Date.now() - this.skew) / 1000;
    const units = [['year', 31536000], ['month', 2592000], ['day', 86400], ['hour', 3600], ['minute', 60]];
    const words = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
    for (const [unit, length] of units) {
      if (Math.abs(seconds) >= length) return words.format(Math.round(seconds / length), unit);
    }
    return words.format(Math.round(seconds), 'second');
  }

  // fill replaces the {tokens} of Slack's date markup.
  fill(pattern, at) {
    const p = this.parts(at);
    const date = `${p.month} ${ordinal(p.day)}, ${p.year}`;
    const short = `${p.month.slice(0, 3)} ${p.day}, ${p.year}`;
    const long = `${p.weekday}, ${date}`;
    const words = {
      date, date_short: short, date_long: long, date_num: this.key(at),
      date_slash: this.key(at).replaceAll('-', '/'),
      date_pretty: this.pretty(at, date), date_short_pretty: this.pretty(at, short), date_long_pretty: this.pretty(at, long),
      time: this.time(at), time_secs: this.format(at, { hour: 'numeric', minute: '2-digit', second: '2-digit' }),
      ago: this.ago(at), day_divider_pretty: this.divider(at),
    };
    let known = true;
    const text = pattern.replace(/\{(\w+)\}/g, (whole, name) => {
      known &&= name in words;
      return words[name] ?? whole;
    });
    return known ? text : null;
  }

  full(at) {
    return `${this.format(at, { dateStyle: 'full', timeStyle: 'long' })}`;
  }
}

function ordinal(day) {
  const n = Number(day);
  const suffix = n % 100 >= 11 && n % 100 <= 13 ? 'th' : { 1: 'st', 2: 'nd', 3: 'rd' }[n % 10] ?? 'th';
  return `${n}${suffix}`;
}

export function millis(ts) { return Number(ts) * 1000; }
