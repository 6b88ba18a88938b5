// What the peers' servers share: events come in by POST and are answered when they are durable; GET tells how far it is; mail leaves through a pool.
import http from 'node:http';
import handlebars from 'handlebars';
import nodemailer from 'nodemailer';

export const settings = Object.fromEntries(process.argv.slice(2).map((argument) => argument.replace(/^--/, '').split('=')));

let finished = 0;
let firstActions = [];

/** The first action of an enrolment is stored; `received` came with its event. */
export const acted = (received) => firstActions.push(performance.now() - received);

/** So many enrolments have ended. */
export const finish = (count = 1) => {
  finished += count;
};

const transport = nodemailer.createTransport({
  host: '127.0.0.1', port: Number(settings.mail), pool: true, maxConnections: 8, maxMessages: Infinity, secure: false, ignoreTLS: true,
});
const subject = handlebars.compile('Welcome {{first_name}}');
const text = handlebars.compile(
  `Hello {{first_name}} from {{city}},\n\nyour plan is {{plan}}.\n${'Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do.\n'.repeat(15)}`,
);

export const mail = (contact) =>
  transport.sendMail({ from: 'news@example.test', to: contact.email, subject: subject(contact), text: text(contact) });

const body = async (request) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks));
};

const percentile = (sorted, share) => (sorted.length ? sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] : null);

/** @param take stores events and what is to be done for them, durably. */
export const serve = (take) => {
  const answer = async (request, response) => {
    if (request.method === 'GET') {
      const sorted = Float64Array.from(firstActions).sort();
      if (request.url.includes('reset')) firstActions = [];
      return { finished, half: percentile(sorted, 0.5), most: percentile(sorted, 0.99) };
    }
    const received = performance.now();
    await take((await body(request)).map((event) => ({ ...event, received })));
    return { success: true };
  };
  http
    .createServer((request, response) => {
      answer(request, response).then(
        (said) => response.end(JSON.stringify(said)),
        (failure) => {
          console.error(failure);
          response.statusCode = 500;
          response.end(String(failure));
        },
      );
    })
    .listen(Number(settings.port), '127.0.0.1');
};
